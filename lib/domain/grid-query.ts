import * as z from 'zod/mini';
import { Refusal } from './refusal';
import { formatTagFilter, parseTagFilter, TAG_FILTER_MAX } from './tag-filter';
import type { Tag } from './verification';

/** The nine fields the upstream sorts by. */
export const SORT_FIELDS = [
  'verificationId',
  'idFileName',
  'idFileSize',
  'idFileType',
  'selfieFileName',
  'selfieFileSize',
  'selfieFileType',
  'verified',
  'timestamp',
] as const;
export type SortField = (typeof SORT_FIELDS)[number];

export const DIRECTIONS = ['asc', 'desc'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const PAGE_SIZES = [25, 50, 100] as const;

/** One page of the upstream's list, as the grid's URL and `GET /api/verifications` both spell it. */
export interface GridQuery {
  limit: number;
  offset: number;
  sortBy: SortField;
  direction: Direction;
  tag: Tag | null;
}

export const DEFAULT_QUERY: GridQuery = { limit: 25, offset: 0, sortBy: 'timestamp', direction: 'desc', tag: null };

/** The largest offset a number of rows could reach without losing precision on the way. */
const OFFSET_MAX = Number.MAX_SAFE_INTEGER;

const wholeNumber = (name: string, low: number, high: number) =>
  z.pipe(
    z.string().check(z.regex(/^\d{1,16}$/, `${name} must be a whole number from ${low} to ${high}.`)),
    z.pipe(
      z.transform(Number),
      z.number().check(z.gte(low, `${name} must be at least ${low}.`), z.lte(high, `${name} must be at most ${high}.`)),
    ),
  );

const FIELDS = {
  limit: wholeNumber('limit', 1, 100),
  offset: wholeNumber('offset', 0, OFFSET_MAX),
  sortBy: z.enum(SORT_FIELDS, `sortBy must be one of ${SORT_FIELDS.join(', ')}.`),
  direction: z.enum(DIRECTIONS, 'direction must be asc or desc.'),
  tagFilter: z.pipe(
    z.string().check(z.maxLength(TAG_FILTER_MAX, `tagFilter must be at most ${TAG_FILTER_MAX} characters.`)),
    z.transform((text, context) => {
      const tag = parseTagFilter(text);
      if (!tag) context.issues.push({ code: 'custom', message: 'tagFilter must read name=value.', input: text });
      return tag;
    }),
  ),
};

/**
 * Reads the five parameters strictly; absent ones take their default, others in the URL are left alone.
 * Throws a Refusal `bad-request` that names the first bad one.
 */
export function parseGridQuery(params: URLSearchParams): GridQuery {
  const read = <Name extends keyof typeof FIELDS>(name: Name): z.infer<(typeof FIELDS)[Name]> | undefined => {
    const given = params.getAll(name);
    if (given.length > 1) throw new Refusal('bad-request', `${name} may be given only once.`, { field: name });
    if (given.length === 0 || (name === 'tagFilter' && given[0] === '')) return undefined;
    const parsed = FIELDS[name].safeParse(given[0]);
    if (parsed.success) return parsed.data as z.infer<(typeof FIELDS)[Name]>;
    throw new Refusal('bad-request', parsed.error.issues[0]?.message ?? `${name} cannot be read.`, { field: name });
  };
  return {
    limit: read('limit') ?? DEFAULT_QUERY.limit,
    offset: read('offset') ?? DEFAULT_QUERY.offset,
    sortBy: read('sortBy') ?? DEFAULT_QUERY.sortBy,
    direction: read('direction') ?? DEFAULT_QUERY.direction,
    tag: read('tagFilter') ?? null,
  };
}

/** The same five parameters written out, every one named: what goes upstream and what a link of the grid carries. */
export function formatGridQuery(query: GridQuery): URLSearchParams {
  const params = new URLSearchParams({
    limit: String(query.limit),
    offset: String(query.offset),
    sortBy: query.sortBy,
    direction: query.direction,
  });
  if (query.tag) params.set('tagFilter', formatTagFilter(query.tag));
  return params;
}
