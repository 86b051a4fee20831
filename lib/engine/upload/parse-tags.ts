import { z } from 'zod';
import type { WireTag } from '@/lib/wire/record';
import { ApiError } from '../http/api-error';

const MOST = 50;
const LONGEST_NAME = 100;
const LONGEST_VALUE = 500;

const scalar = z.union([z.string(), z.boolean(), z.number()]);

/**
 * The tags of a form field that holds a JSON object of strings, numbers and booleans, in the order they are written.
 * Throws ApiError 422 that names `tags` and the rule broken.
 */
export function parseTags(text: string): WireTag[] {
  const entries = Object.entries(parseObject(text));
  if (entries.length > MOST) throw refused(`tags may hold at most ${MOST} entries, these are ${entries.length}.`);
  return entries.map(([name, value]) => ({ name: checkName(name), value: checkValue(name, value) }));
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refused('tags must be a JSON object, for example {"customerId":"9999"}; this is not JSON.');
  }
  const object = z.looseObject({}).safeParse(value);
  if (!object.success || Array.isArray(value)) throw refused('tags must be a JSON object, for example {"customerId":"9999"}.');
  return Object.fromEntries(Object.entries(value ?? {}));
}

function checkName(name: string): string {
  if (name === '') throw refused('tags must not hold an empty name.');
  if (name.length > LONGEST_NAME) throw refused(`tags may have names of at most ${LONGEST_NAME} characters.`);
  return checkText(name);
}

function checkValue(name: string, value: unknown): string {
  const label = name.length > 40 ? `${name.slice(0, 40)}…` : name;
  const parsed = scalar.safeParse(value);
  if (!parsed.success) throw refused(`tags must map names to strings, numbers or booleans; "${label}" does not.`);
  if (Number.isInteger(parsed.data) && !Number.isSafeInteger(parsed.data)) {
    throw refused(`tags holds a number under "${label}" that would lose digits; send it as a string.`);
  }
  const text = String(parsed.data);
  if (text.length > LONGEST_VALUE) throw refused(`tags may have values of at most ${LONGEST_VALUE} characters; "${label}" is longer.`);
  return checkText(text);
}

/** What PostgreSQL cannot store as text: NUL, and halves of surrogate pairs, which two different tags could also share. */
function checkText(text: string): string {
  if (/[\0\p{Cs}]/u.test(text)) throw refused('tags must not hold the NUL character or half a surrogate pair.');
  return text;
}

function refused(message: string): ApiError {
  return new ApiError(422, message, { field: 'tags' });
}
