import { domainToASCII } from 'node:url';
import { z } from 'zod';

const ascii = z.email();

/**
 * Resolves to true for an e-mail address, internationalised ones included (RFC 6531): its letters and digits of other scripts are
 * read as letters, and its domain has to be one that DNS can look up.
 */
export function isMailAddress(address: string): boolean {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at).replace(/[\p{L}\p{N}\p{M}]/gu, 'x');
  const domain = domainToASCII(address.slice(at + 1));
  // The schema knows no top-level domain of another script.
  return at > 0 && domain.length <= 253 && ascii.safeParse(`${local}@${domain.replace(/\.xn--[a-z0-9-]+$/, '.top')}`).success;
}
