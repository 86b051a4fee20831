import type { OAuthConfig } from 'next-auth/providers/oauth';
import * as z from 'zod/mini';
import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import { type Origin, SYSTEM_ACTOR } from '@/lib/domain/actor';
import { env } from '@/lib/env';
import { mustChangePassword, recordCredential } from './credentials';
import { revokeAll } from './sessions';
import { emailKey, recordRefusal } from './sign-in';

export const OIDC_PROVIDER = 'oidc';

// Providers write these two in many ways; whatever is no text is no address, and whatever is not true itself is not verified.
const claims = z.looseObject({
  sub: z.string().check(z.minLength(1)),
  email: z.catch(z.optional(z.string()), undefined),
  email_verified: z.catch(z.optional(z.boolean()), false),
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
    userinfo: {
      // Many providers tell the e-mail address only here and not in the token (OpenID Connect Core 1.0, 5.3.2 and 5.4).
      request: async ({ client, tokens }) => {
        const told = claimsOf(tokens.id_token);
        if (told.email !== undefined || !tokens.access_token || !client.issuer.metadata.userinfo_endpoint) return told;
        const more = await client.userinfo(tokens.access_token);
        if (more.sub !== told.sub) throw new Error('The userinfo endpoint speaks of somebody else than the token.');
        return { ...told, ...more };
      },
    },
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
  const user = (await db().user.findUnique({ where: { oidcSubject } })) ?? (verified ? await bindByEmail(origin, key, oidcSubject) : null);
  if (user && !user.disabledAt) return user.id;
  await recordRefusal(origin, key, user ? 'disabled' : 'unknown-user', user?.id ?? null);
  return null;
}

// Its signature, issuer, audience, nonce and times were checked when it came.
function claimsOf(idToken = ''): Claims {
  const [, content = ''] = idToken.split('.');
  return claims.parse(JSON.parse(Buffer.from(content, 'base64url').toString()));
}

// A disabled user is returned, so that the refusal names them and the reason, but not bound. A password that somebody else set and the
// user never changed is removed: the provider proved who they are, and whoever set it would keep a second key.
async function bindByEmail(origin: Origin, email: string, oidcSubject: string) {
  return db().$transaction(async (tx) => {
    const [bound] = await tx.user.updateManyAndReturn({ where: { email, oidcSubject: null, disabledAt: null }, data: { oidcSubject } });
    if (!bound) return tx.user.findFirst({ where: { email, oidcSubject: null, disabledAt: { not: null } } });
    const by = { ...SYSTEM_ACTOR, origin };
    const row = await recordCredential(tx, { userId: bound.id, kind: 'SUBJECT', way: 'PROVIDER', by, stored: null });
    const passwordRemoved = bound.passwordHash !== null && (await mustChangePassword(tx, bound.id));
    if (passwordRemoved) {
      await tx.user.update({ where: { id: bound.id }, data: { passwordHash: null } });
      await revokeAll(tx, bound.id);
    }
    const data = { email, passwordRemoved };
    await appendAuditEvent(tx, by, { action: 'user.provider-bound', subject: `user:${bound.id}`, data }, [row]);
    return bound;
  });
}
