import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { requireOpenLog } from '@/lib/audit/log-state';
import type { Origin } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import { env } from '@/lib/env';
import { log } from './log';
import { OIDC_PROVIDER, oidcProvider, signInWithClaims } from './oidc';
import { cookieSecret, usesSecureCookies } from './session-cookie';
import { endSession, startSession } from './sessions';
import { signIn } from './sign-in';

/** What the address of the sign-in page says while nothing can be recorded. */
const LOG_CLOSED = 'LogClosed';

/**
 * What next-auth is to do for one request. Its token is no more than the name of a row in `session`; who a request
 * comes from is always read there. `replaced` is the session the browser has now: a sign-in ends it.
 */
export function authOptions(origin: Origin, replaced: string | null): NextAuthOptions {
  const { SESSION_HOURS, PORT } = env();
  const maxAge = SESSION_HOURS * 3600;
  // next-auth reads its own address from the environment and nowhere else.
  process.env.NEXTAUTH_URL ??= `http://localhost:${PORT}`;
  let admitted: { userId: string; provider: string } | null = null;
  const admit = (userId: string | null, provider: string) => {
    admitted = userId === null ? null : { userId, provider };
    return admitted !== null;
  };
  const oidc = oidcProvider();
  const password = Credentials({
    name: 'Password',
    credentials: { email: { type: 'email' }, password: { type: 'password' } },
    authorize: async (given) => {
      await requireOpenLog().catch(unavailable);
      const userId = await signIn(origin, given?.email ?? '', given?.password ?? '').catch(unavailable);
      return admit(userId, 'password') && userId !== null ? { id: userId } : null;
    },
  });
  return {
    secret: cookieSecret(),
    useSecureCookies: usesSecureCookies(),
    session: { strategy: 'jwt', maxAge },
    providers: oidc ? [password, oidc] : [password],
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    callbacks: {
      signIn: async ({ account, profile }) =>
        account?.provider === OIDC_PROVIDER
          ? admit(
              await requireOpenLog()
                .then(() => signInWithClaims(origin, profile))
                .catch(unavailable),
              OIDC_PROVIDER,
            )
          : admitted !== null,
      jwt: async ({ token }): Promise<Record<string, unknown>> =>
        admitted ? { sid: await startSession(origin, admitted.userId, admitted.provider, replaced) } : { sid: token.sid },
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid === 'string') await endSession(origin, token.sid);
      },
    },
    logger: {
      error: (code, metadata) => log().error({ code, failure: metadata instanceof Error ? metadata : metadata.error }, 'sign-in failed'),
      warn: (code) => log().debug({ code }, 'sign-in warning'),
      debug: () => undefined,
    },
  };
}

// next-auth writes the message of whatever is thrown here into the address the browser is sent to.
function unavailable(failure: unknown): never {
  if (failure instanceof Refusal && failure.code === 'log-closed') throw new Error(LOG_CLOSED);
  log().error({ err: failure }, 'sign-in failed');
  throw new Error('Unavailable');
}
