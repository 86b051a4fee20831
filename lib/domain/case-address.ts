import { verificationIdOf } from './verification-id';

/** What an address leads to: one case of this console, something else of it, or another site. */
export type CaseAddress = { kind: 'case'; id: number } | { kind: 'other' } | { kind: 'foreign' };

/** A separator with an address right behind it, as in `12,/verifications/13`. */
export const URL_START = /[,;](?=https?:\/\/|\/)/i;

/** Resolves to true for a text that can only be meant as an address: it begins as a URL, a path or this console's host does. */
export function isAddress(text: string, origin: string): boolean {
  return /^https?:/i.test(text) || /^[/\\]/.test(text) || text.toLowerCase().startsWith(`${hostOf(origin)}/`);
}

/**
 * Returns the case an address names: the segment of its path behind `/verifications/`, of a page or of the API. Its query string and
 * fragment play no part. An address with a password, of another origin, or below a case is none.
 */
export function caseAddressOf(text: string, origin: string): CaseAddress {
  const whole = text.toLowerCase().startsWith(`${hostOf(origin)}/`) ? `${new URL(origin).protocol}//${text}` : text;
  const url = URL.canParse(whole, origin) ? new URL(whole, origin) : null;
  if (url?.origin !== origin || url.username !== '' || url.password !== '') return { kind: 'foreign' };
  const segment = /^\/(?:api\/)?verifications\/([^/]+)\/?$/.exec(url.pathname)?.[1];
  const id = segment === undefined ? null : verificationIdOf(segment);
  return id === null ? { kind: 'other' } : { kind: 'case', id };
}

function hostOf(origin: string): string {
  return new URL(origin).host;
}
