import type { OAuthConfig } from 'next-auth/providers/oauth';
import * as z from 'zod/mini';
import { db } from '@/lib/db/client';
import type { Origin } from '@/lib/domain/actor';
import { env } from '@/lib/env';
import { emailKey, recordRefusal } from './sign-in';

export const OIDC_PROVIDER = 'oidc';

const claims = z.looseObject({
  sub: z.string().check(z.minLength(1)),
  email: z.optional(z.string()),
  email_verified: z.optional(z.boolean()),
});

type Claims = z.infer<typeof claims>;

/** The OpenID Connect provider of the settings, null unless issuer, client id and secret are all given. */
export function oidcProvider(): OAuthConfig<Claims> | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = env();
  if (!issuer || !clientId || !clientSecret) return null;
  return {
    id: OIDC_PROVIDER,
    name,
    type: 'oauth',
    issuer,
    wellKnown: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    authorization: { params: { scope: 'openid email profile' } },
    checks: ['pkce', 'state', 'nonce'],
    idToken: true,
    clientId,
    clientSecret,
    profile: ({ sub }) => ({ id: sub }),
  };
}

/**
 * The id of the user these claims belong to, null for everybody else. A user is known by issuer and subject; the first
 * time by a verified e-mail address an administrator added beforehand, which then is bound to that subject for good.
 */
export async function signInWithClaims(origin: Origin, given: unknown): Promise<string | null> {
  const parsed = claims.safeParse(given);
  if (!parsed.success) return null;
  const { sub, email = '', email_verified: verified = false } = parsed.data;
  const oidcSubject = `${env().OIDC_ISSUER}|${sub}`;
  const key = emailKey(email);
  const user = (await db().user.findUnique({ where: { oidcSubject } })) ?? (verified ? await bindByEmail(key, oidcSubject) : null);
  if (user && !user.disabledAt) return user.id;
  await recordRefusal(origin, key, user ? 'disabled' : 'unknown-user', user?.id ?? null);
  return null;
}

async function bindByEmail(email: string, oidcSubject: string) {
  const bound = await db().user.updateManyAndReturn({ where: { email, oidcSubject: null, disabledAt: null }, data: { oidcSubject } });
  return bound[0] ?? null;
}
