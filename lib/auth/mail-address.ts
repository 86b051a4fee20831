import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { addressKey } from '@/lib/domain/address-key';

const ascii = z.email();
/** Letters, digits and marks of any script, and the signs that IDNA lets stand between letters (RFC 5892, CONTEXTO). */
const LABEL = /^[\p{L}\p{N}\p{M}\u00b7\u0375\u05f3\u05f4\u30fb-]+$/u;

/**
 * Returns true for an e-mail address, internationalised ones included (RFC 6531): its letters and digits of other scripts are read as
 * letters, and its domain has to be one that DNS can look up and a person can read: of letters and digits alone, its Punycode included.
 */
export function isMailAddress(address: string): boolean {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at).replace(/[\p{L}\p{N}\p{M}]/gu, 'x');
  const domain = domainToASCII(address.slice(at + 1));
  const labels = addressKey(`x@${domain}`).slice(2).split('.');
  // A label still in Punycode stands for text that no domain may hold.
  if (labels.some((label) => !LABEL.test(label) || label.startsWith('xn--'))) return false;
  // The schema knows no top-level domain of another script.
  return at > 0 && domain.length <= 253 && ascii.safeParse(`${local}@${domain.replace(/\.xn--[a-z0-9-]+$/, '.top')}`).success;
}
