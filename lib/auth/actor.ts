import { randomUUID } from 'node:crypto';
import { headers as requestHeaders } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { type Actor, can } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import type { Permission } from '@/lib/domain/roles';
import { callbackPath, PATH_HEADER, passwordPath, signInPath } from './callback-path';
import { originOf } from './origin';
import { sessionIdOf } from './session-cookie';
import { type ReadSessionOptions, readSession } from './sessions';

/** Returns who sends a request with these headers, null when nobody is signed in. Costs one query. Throws as `readSession` does. */
export async function actorOf(headers: Headers, requestId: string, options: ReadSessionOptions = {}): Promise<Actor | null> {
  const sessionId = await sessionIdOf(headers);
  return sessionId === null ? null : readSession(sessionId, originOf(headers, requestId), options);
}

/**
 * Returns who looks at the page being rendered, null when nobody is signed in. Asked once a page, however many parts ask. Leads those
 * who have to change their password to the page for that, and back afterwards.
 */
export const pageActor = cache(async (): Promise<Actor | null> => {
  const headers = await requestHeaders();
  try {
    return await actorOf(headers, randomUUID());
  } catch (failure) {
    if (failure instanceof Refusal && failure.code === 'password-change-required')
      redirect(passwordPath(callbackPath(headers.get(PATH_HEADER))));
    throw failure;
  }
});

/** The same for the page on which a password is changed, the only one such a session may see. */
export async function pageActorBeforePasswordChange(): Promise<Actor | null> {
  return actorOf(await requestHeaders(), randomUUID(), { beforePasswordChange: true });
}

/**
 * Who looks at the page being rendered. Strangers are led to the sign-in page and back afterwards; for somebody whose
 * role does not grant the permission the page does not exist.
 */
export async function requireActor(permission: Permission): Promise<Actor> {
  const actor = await pageActor();
  if (!actor) redirect(signInPath(callbackPath((await requestHeaders()).get(PATH_HEADER))));
  if (!can(actor, permission)) notFound();
  return actor;
}
