import NextAuth from 'next-auth';
import { actorOf } from '@/lib/auth/actor';
import { callbackCookieName, callbackProblem } from '@/lib/auth/callback-problem';
import { authOptions } from '@/lib/auth/options';
import { originOf } from '@/lib/auth/origin';
import { sessionIdOf } from '@/lib/auth/session-cookie';
import { Refusal } from '@/lib/domain/refusal';
import { refuseForeignOrigin } from '@/lib/http/foreign-origin';
import { requirePageSession } from '@/lib/http/page-session';
import { publicRoute } from '@/lib/http/route';

/** What of next-auth is served. Who is signed in is asked at `/api/me`, which reads the session's row. */
const ACTIONS = new Set(['csrf', 'signin', 'callback', 'signout', 'error']);
const BYTES_MAX = 16_384;
const CALLBACK = 'callbackUrl must be a path of this console. Try again without it.';

const handle = publicRoute<{ nextauth: string[] }>(async ({ request, params, requestId }) => {
  if (!ACTIONS.has(params.nextauth[0] ?? '')) throw new Refusal('not-found', 'There is nothing here.');
  refuseForeignOrigin(request);
  if (request.method === 'POST' && !(Number(request.headers.get('content-length')) <= BYTES_MAX))
    throw new Refusal('too-large', `Keep the body under ${BYTES_MAX} bytes.`);
  const problem = await callbackProblem(request);
  if (problem === 'cookie') return forgetCallback(requestId);
  if (problem) throw new Refusal('bad-request', CALLBACK, { field: 'callbackUrl' });
  // The page that signs out names its session like any other; a sign-in belongs to nobody yet.
  const leaving = params.nextauth[0] === 'signout';
  const actor = leaving ? await actorOf(request.headers, requestId, { beforePasswordChange: true }) : null;
  if (actor) requirePageSession(request, actor);
  return NextAuth(request, { params }, authOptions(originOf(request.headers, requestId), await sessionIdOf(request.headers)));
});

// Left in the browser, the cookie would keep its user from ever signing in.
function forgetCallback(requestId: string): Response {
  const answer = Response.json({ error: { code: 'bad-request', message: CALLBACK, requestId, field: 'callbackUrl' } }, { status: 400 });
  const name = callbackCookieName();
  const secure = name.startsWith('__Secure-') ? '; Secure' : '';
  answer.headers.append('set-cookie', `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`);
  return answer;
}

export { handle as GET, handle as POST };
