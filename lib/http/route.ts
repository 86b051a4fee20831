import { randomUUID } from 'node:crypto';
import type { NextRequest } from 'next/server';
import { actorOf } from '@/lib/auth/actor';
import { type Actor, requirePermission } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import type { Permission } from '@/lib/domain/roles';
import { answerFailure } from './answer-failure';
import { refuseForeignOrigin } from './foreign-origin';
import { requirePageSession } from './page-session';
import { whileSignedIn } from './while-signed-in';

/** What a handler is given. `params` are the dynamic parts of its path, decoded. */
export interface RouteInput<Params> {
  request: NextRequest;
  actor: Actor;
  params: Params;
  requestId: string;
}

/**
 * Who may call: everybody signed in whose role grants the permission, or everybody signed in; and for the change of a password also those
 * who have to change it first.
 */
export type RouteAccess = { permission: Permission } | { signedIn: true; beforePasswordChange?: true };

type Handler<Params> = (request: NextRequest, context: { params: Promise<Params> }) => Promise<Response>;

/**
 * A route of the console's API. It gives the request an id, finds out who asks, and checks that before the handler runs, the
 * session its page was rendered for included; whatever the handler throws becomes the one error shape, and a stream ends with
 * the session. Every answer is private and never stored by a cache.
 */
export function route<Params = Record<string, never>>(
  access: RouteAccess,
  handle: (input: RouteInput<Params>) => Promise<Response> | Response,
): Handler<Params> {
  return answered<Params>(async (request, params, requestId) => {
    refuseForeignOrigin(request);
    const beforePasswordChange = 'signedIn' in access && access.beforePasswordChange === true;
    const actor = await actorOf(request.headers, requestId, { beforePasswordChange });
    if (!actor) throw new Refusal('not-signed-in', 'Sign in first.');
    requirePageSession(request, actor);
    if ('permission' in access) requirePermission(actor, access.permission);
    return whileSignedIn(actor, await handle({ request, actor, params, requestId }));
  });
}

/** A route for everybody, signed in or not; it must not say anything about people or records. */
export function publicRoute<Params = Record<string, never>>(
  handle: (input: Omit<RouteInput<Params>, 'actor'>) => Promise<Response> | Response,
): Handler<Params> {
  return answered<Params>((request, params, requestId) => handle({ request, params, requestId }));
}

function answered<Params>(
  handle: (request: NextRequest, params: Params, requestId: string) => Promise<Response> | Response,
): Handler<Params> {
  return async (request, context) => {
    const requestId = randomUUID();
    const response = await run(async () => handle(request, await context.params, requestId), request, requestId);
    const { headers } = response;
    headers.set('x-request-id', requestId);
    headers.set('x-content-type-options', 'nosniff');
    if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-store');
    return response;
  };
}

async function run(work: () => Promise<Response>, request: NextRequest, requestId: string): Promise<Response> {
  try {
    return await work();
  } catch (failure) {
    return answerFailure(failure, request, requestId);
  }
}
