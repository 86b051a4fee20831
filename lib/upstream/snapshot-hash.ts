import { createHash } from 'node:crypto';
import { unreadable } from './refuse';

const DEPTH_MAX = 200;

/**
 * Fingerprint of a record: hex sha256 over its JSON in UTF-8 without blanks, the keys of every object sorted by UTF-16
 * units. The same record sent with other white space or another key order has the same fingerprint.
 */
export function snapshotHash(record: unknown): string {
  return createHash('sha256').update(sorted(record, 0)).digest('hex');
}

function sorted(value: unknown, depth: number): string {
  if (depth > DEPTH_MAX) throw unreadable();
  if (Array.isArray(value)) return `[${value.map((item) => sorted(item, depth + 1)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${sorted(member, depth + 1)}`).join(',')}}`;
}
