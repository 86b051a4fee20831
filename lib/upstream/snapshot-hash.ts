import { hash } from 'node:crypto';
import { fileNameOfUrl } from './bare-file-name';
import { FlawedRecord } from './refuse';

const DEPTH_MAX = 200;
/** Nothing in it that JSON writes with a backslash. */
const PLAIN = /^[ !#-[\]-~]*$/;

/**
 * Fingerprint of a record: hex sha256 over its JSON in UTF-8 without blanks, the keys of every object sorted by UTF-16
 * units. The same record sent with other white space or another key order has the same fingerprint. Of a file's `url` only the name
 * counts, as everywhere here: an upstream that signs its urls anew at each answer does not change its records by that.
 */
export function snapshotHash(record: unknown): string {
  return hash('sha256', sorted(withBareUrls(record), 0));
}

function withBareUrls(record: unknown): unknown {
  if (typeof record !== 'object' || record === null) return record;
  const files = Object.hasOwn(record, 'files') ? Reflect.get(record, 'files') : null;
  return Array.isArray(files) ? { ...record, files: files.map(withBareUrl) } : record;
}

function withBareUrl(file: unknown): unknown {
  const url = typeof file === 'object' && file !== null && Object.hasOwn(file, 'url') ? Reflect.get(file, 'url') : null;
  return typeof url === 'string' ? { ...Object(file), url: fileNameOfUrl(url) ?? url } : file;
}

// Run over every record of the upstream, again and again: written for speed, one text grown from left to right.
function sorted(value: unknown, depth: number): string {
  if (depth > DEPTH_MAX) throw new FlawedRecord({ kind: 'too-deep', givenId: null });
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += (text === '' ? '' : ',') + sorted(item, depth + 1);
    return `[${text}]`;
  }
  const { order, written } = keyOrder(Object.keys(value));
  for (let at = 0; at < order.length; at += 1) text += written[at] + sorted(Reflect.get(value, order[at] ?? ''), depth + 1);
  return `{${text}}`;
}

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** The keys of an object as they came, sorted, and as they are written before their values. */
interface KeyOrder {
  given: readonly string[];
  order: readonly string[];
  written: readonly string[];
}

/** Orders kept at most, tried at most for one first key, and the keys one of them may have. */
const ORDERS_MAX = 500;
const TRIES_MAX = 8;
const KEYS_MAX = 64;

/** By the first key. Objects of a record's kind come with the same keys in the same order, and need no sorting again. */
const known = new Map<string, KeyOrder[]>();
let kept = 0;

function keyOrder(given: readonly string[]): KeyOrder {
  const first = given[0] ?? '';
  const alike = known.get(first);
  const found = alike?.find((one) => one.given.length === given.length && one.given.every((key, at) => key === given[at]));
  if (found) return found;
  const order = given.toSorted();
  const made = { given, order, written: order.map((key, at) => `${at === 0 ? '' : ','}${quoted(key)}:`) };
  if (kept < ORDERS_MAX && given.length <= KEYS_MAX && (alike?.length ?? 0) < TRIES_MAX) {
    known.set(first, [...(alike ?? []), made]);
    kept += 1;
  }
  return made;
}
