import { randomBytes } from 'node:crypto';
import { keepSecret } from '@/lib/db/secrets';
import { env } from '@/lib/env';
import { type SigningKey, signingKeyOf } from './signed-head';

let kept: SigningKey | undefined;

/** The key this installation signs heads with: as set, else generated once and kept under DATA_DIR. */
export function signingKey(): SigningKey {
  const { AUDIT_SIGNING_KEY, DATA_DIR } = env();
  kept ??= signingKeyOf((AUDIT_SIGNING_KEY ?? keepSecret(DATA_DIR, 'auditSigningKey', newSeed)).toLowerCase());
  return kept;
}

/** 32 random bytes in hex. */
export function newSeed(): string {
  return randomBytes(32).toString('hex');
}
