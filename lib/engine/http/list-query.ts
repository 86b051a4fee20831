import { z } from 'zod';
import { WIRE_SORT_FIELDS } from '@/lib/wire/list';
import type { WireTag } from '@/lib/wire/record';
import type { ListQuery } from '../store/list-verifications';
import { ApiError } from './api-error';

/** Deep enough for any real list; a longer number is a mistake. */
const whole = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);

const PARAMETERS = {
  limit: parameter(whole.pipe(z.number().min(1).max(100)), 'limit must be a whole number from 1 to 100.'),
  offset: parameter(whole, 'offset must be a whole number, 0 or more.'),
  sortBy: parameter(z.enum(WIRE_SORT_FIELDS), `sortBy must be one of: ${WIRE_SORT_FIELDS.join(', ')}.`),
  direction: parameter(z.enum(['asc', 'desc']), 'direction must be asc or desc.'),
  tagFilter: parameter(z.string().regex(/^[^=\0]+=[^\0]*$/s), 'tagFilter must be name=value.'),
};

/**
 * The list parameters of a URL; those not sent get 25, 0, verificationId, desc and no filter. Parameters of other names are
 * ignored. Throws ApiError 400 that names the parameter.
 */
export function parseListQuery(search: URLSearchParams): ListQuery {
  const tagFilter = PARAMETERS.tagFilter(search, 'tagFilter');
  return {
    limit: PARAMETERS.limit(search, 'limit') ?? 25,
    offset: PARAMETERS.offset(search, 'offset') ?? 0,
    sortBy: PARAMETERS.sortBy(search, 'sortBy') ?? 'verificationId',
    direction: PARAMETERS.direction(search, 'direction') ?? 'desc',
    tag: tagFilter === null ? null : splitTag(tagFilter),
  };
}

function parameter<Value>(schema: z.ZodType<Value>, rule: string): (search: URLSearchParams, name: string) => Value | null {
  return (search, name) => {
    const values = search.getAll(name);
    if (values.length === 0) return null;
    if (values.length > 1) throw new ApiError(400, `${name} was sent more than once.`, { field: name });
    const parsed = schema.safeParse(values[0]);
    if (!parsed.success) throw new ApiError(400, rule, { field: name });
    return parsed.data;
  };
}

/** A value may hold further equals signs, a name none. */
function splitTag(text: string): WireTag {
  const at = text.indexOf('=');
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}
