import { hkdfSync } from 'node:crypto';
import type { Actor } from '@/lib/domain/actor';
import { cookieSecret } from './session-cookie';

/**
 * Returns the 32-byte key, in base64, that seals the drafts of an actor in their browsers. It is derived from the console's
 * secret, so that the same person gets the same key after every sign-in and nobody else ever does.
 */
export function draftKey({ id }: Pick<Actor, 'id'>): string {
  return Buffer.from(hkdfSync('sha256', cookieSecret(), id, 'second-look/drafts/v1', 32)).toString('base64');
}
