import NextAuth from 'next-auth';
import { actorOf } from '@/lib/auth/actor';
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

const handle = publicRoute<{ nextauth: string[] }>(async ({ request, params, requestId }) => {
  if (!ACTIONS.has(params.nextauth[0] ?? '')) throw new Refusal('not-found', 'There is nothing here.');
  refuseForeignOrigin(request);
  if (request.method === 'POST' && !(Number(request.headers.get('content-length')) <= BYTES_MAX))
    throw new Refusal('too-large', `Keep the body under ${BYTES_MAX} bytes.`);
  // The page that signs out names its session like any other; a sign-in belongs to nobody yet.
  const leaving = params.nextauth[0] === 'signout';
  const actor = leaving ? await actorOf(request.headers, requestId, { beforePasswordChange: true }) : null;
  if (actor) requirePageSession(request, actor);
  return NextAuth(request, { params }, authOptions(originOf(request.headers, requestId), await sessionIdOf(request.headers)));
});

export { handle as GET, handle as POST };
