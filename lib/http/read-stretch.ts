import { Refusal } from '@/lib/domain/refusal';

const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;
const DAY_MS = 86_400_000;

/**
 * A day, in UTC, or an instant of ISO 8601 from a parameter, as the first and the last millisecond since 1970 it covers; null when it
 * is absent. Throws a Refusal `bad-request` that names the parameter.
 */
export function readStretch(params: URLSearchParams, name: string): { from: number; to: number } | null {
  const text = params.get(name);
  if (text === null) return null;
  const from = DAY.test(text) || INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isFinite(from))
    throw new Refusal('bad-request', `${name} must be a day or an instant, such as 2026-01-31 or 2026-01-31T12:00:00Z.`, { field: name });
  return { from, to: DAY.test(text) ? from + DAY_MS - 1 : from };
}
