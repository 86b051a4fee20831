import { MOMENT_FORMS, type Moments, readMoment } from '@/lib/domain/moment';
import { Refusal } from '@/lib/domain/refusal';

/**
 * Reads a day, in UTC, or an instant from a parameter, as the first and the last millisecond since 1970 it covers; null when it is
 * absent. Throws a Refusal `bad-request` that names the parameter.
 */
export function readMoments(params: URLSearchParams, name: string): Moments | null {
  const text = params.get(name);
  if (text === null) return null;
  const moments = readMoment(text);
  if (!moments) throw new Refusal('bad-request', `${name} must be ${MOMENT_FORMS}.`, { field: name });
  return moments;
}
