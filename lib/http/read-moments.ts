import { boundsOf, DAY_FORMS, namesMoment } from '@/lib/domain/day-span';
import { Refusal } from '@/lib/domain/refusal';
import { calendarNow } from '@/lib/env';

/**
 * Reads a day, in the organisation's time zone, or an instant from a parameter, as the first and the last millisecond since 1970 it covers; null when it is
 * absent. Throws a Refusal `bad-request` that names the parameter.
 */
export function readMoments(params: URLSearchParams, name: string): { from: number; to: number } | null {
  const text = params.get(name);
  if (text === null) return null;
  if (!namesMoment(text)) throw new Refusal('bad-request', `${name} must be ${DAY_FORMS}.`, { field: name });
  const { from, before } = boundsOf(text, calendarNow());
  return { from, to: before - 1 };
}
