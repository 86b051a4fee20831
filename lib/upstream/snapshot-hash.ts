import { hash } from 'node:crypto';
import { unreadable } from './refuse';

const DEPTH_MAX = 200;
/** Nothing in it that JSON writes with a backslash. */
const PLAIN = /^[ !#-[\]-~]*$/;

/**
 * Fingerprint of a record: hex sha256 over its JSON in UTF-8 without blanks, the keys of every object sorted by UTF-16
 * units. The same record sent with other white space or another key order has the same fingerprint.
 */
export function snapshotHash(record: unknown): string {
  return hash('sha256', sorted(record, 0));
}

// Run over every record of the upstream, again and again: written for speed, one text grown from left to right.
function sorted(value: unknown, depth: number): string {
  if (depth > DEPTH_MAX) throw unreadable();
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += (text === '' ? '' : ',') + sorted(item, depth + 1);
    return `[${text}]`;
  }
  for (const key of Object.keys(value).sort()) {
    text += `${(text === '' ? '' : ',') + quoted(key)}:${sorted(Reflect.get(value, key), depth + 1)}`;
  }
  return `{${text}}`;
}

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
