import { randomUUID } from 'node:crypto';
import { compare, hash } from 'bcryptjs';
import { Refusal } from '@/lib/domain/refusal';
import { env } from '@/lib/env';

export const PASSWORD_MIN = 15;
/** bcrypt reads no further. */
const BYTES_MAX = 72;

/** Throws a Refusal `unprocessable` for a password that may not be set: under 15 characters or over 72 bytes. */
export function checkPassword(password: string): void {
  if ([...password].length < PASSWORD_MIN)
    throw new Refusal('unprocessable', `Use a password of at least ${PASSWORD_MIN} characters.`, { field: 'password' });
  if (Buffer.byteLength(password) > BYTES_MAX)
    throw new Refusal('unprocessable', `Use a password of at most ${BYTES_MAX} bytes.`, { field: 'password' });
}

/** The bcrypt hash to store. Takes a quarter of a second of CPU at the usual cost, in slices. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, env().PASSWORD_COST);
}

/** Whether a password fits its hash. Without a hash the answer is no, after the same time. */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  nobody ??= hashPassword(randomUUID());
  const placeholder = await nobody;
  const fits = await compare(password.slice(0, BYTES_MAX), stored ?? placeholder);
  return fits && stored !== null && Buffer.byteLength(password) <= BYTES_MAX;
}

/** A hash of a password nobody knows: comparing with it makes a missing user take as long as a present one. */
let nobody: Promise<string> | undefined;
