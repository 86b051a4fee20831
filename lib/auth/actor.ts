import { randomUUID } from 'node:crypto';
import { headers as requestHeaders } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import type { Actor } from '@/lib/domain/actor';
import { may, type Permission } from '@/lib/domain/roles';
import { callbackPath, PATH_HEADER, signInPath } from './callback-path';
import { originOf } from './origin';
import { sessionIdOf } from './session-cookie';
import { readSession } from './sessions';

/** Who sends a request with these headers, null when nobody is signed in. Costs one query. */
export async function actorOf(headers: Headers, requestId: string): Promise<Actor | null> {
  const sessionId = await sessionIdOf(headers);
  return sessionId === null ? null : readSession(sessionId, originOf(headers, requestId));
}

/** Who looks at the page being rendered, null when nobody is signed in. Asked once a page, however many parts ask. */
export const pageActor = cache(async (): Promise<Actor | null> => actorOf(await requestHeaders(), randomUUID()));

/**
 * Who looks at the page being rendered. Strangers are led to the sign-in page and back afterwards; for somebody whose
 * role does not grant the permission the page does not exist.
 */
export async function requireActor(permission: Permission): Promise<Actor> {
  const actor = await pageActor();
  if (!actor) redirect(signInPath(callbackPath((await requestHeaders()).get(PATH_HEADER))));
  if (actor.role !== 'system' && !may(actor.role, permission)) notFound();
  return actor;
}
