import * as z from 'zod/mini';
import { type DaySpan, parseDaySpan } from './day-span';
import { FINDING_KINDS, type FindingKind } from './finding';
import { DIRECTIONS, type Direction } from './grid-query';
import { Refusal } from './refusal';
import { REVIEW_STATES, type ReviewState } from './review';
import { searchableTag } from './searchable-tag';
import { isStorableText } from './storable-text';
import type { MachineResult, Tag } from './verification';

/** What the index sorts by: every column of the grid. Findings go by how many deserve a look, faces by those on the ID first. */
export const SEARCH_SORTS = [
  'receivedAt',
  'verificationId',
  'machineResult',
  'state',
  'idFileName',
  'idFileSize',
  'idFileType',
  'selfieFileName',
  'selfieFileSize',
  'selfieFileType',
  'similarity',
  'confidence',
  'modelVersion',
  'decidedAt',
  'customer',
  'tags',
  'faces',
  'findings',
  'reviewer',
  'assignee',
] as const;
export type SearchSort = (typeof SEARCH_SORTS)[number];

export const SEARCH_LIMIT_MAX = 200;
/** Beyond this many a count says "10,000+" unless the exact one is asked for. */
export const COUNT_CAP = 10_000;

/** From and to, both included; null leaves that end open. */
export interface Span {
  from: number | null;
  to: number | null;
}

/** What a list from the index shows. Every part narrows; of states and findings any one of those named is enough. */
export interface SearchFilter {
  machineResult: MachineResult | null;
  states: readonly ReviewState[];
  findings: readonly FindingKind[];
  received: DaySpan;
  similarity: Span;
  confidence: Span;
  /** All of them, name and value exact. */
  tags: readonly Tag[];
  /** Part of either file's name, in any case. */
  text: string;
  modelVersion: string | null;
  /** Id of the user whose decision is in force. */
  reviewer: string | null;
  /** Id of the user it is given to; `nobody` for those given to none. */
  assignee: string | null;
  /** Only records the upstream no longer has. */
  missing: boolean;
}

export interface SearchQuery extends SearchFilter {
  sortBy: SearchSort;
  direction: Direction;
  limit: number;
  /** Where a page begins, as the page before it said; null for the first. */
  cursor: string | null;
}

const ANY = { from: null, to: null };
export const NO_FILTER: SearchFilter = {
  machineResult: null,
  states: [],
  findings: [],
  received: ANY,
  similarity: ANY,
  confidence: ANY,
  tags: [],
  text: '',
  modelVersion: null,
  reviewer: null,
  assignee: null,
  missing: false,
};
export const DEFAULT_SEARCH: SearchQuery = { ...NO_FILTER, sortBy: 'receivedAt', direction: 'desc', limit: 50, cursor: null };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** About as many as an address has room for. */
const TAGS_MAX = 500;
const TEXT_MAX = 600;
/** A tag as `formatTag` writes it at its longest: each byte of name and value as three characters. */
const TAG_MAX = 7_300;
/** The longest sort key, each byte of it escaped in JSON and then written in base64. */
const CURSOR_MAX = 12_000;

/** The parameters of this query; whatever else stands in an address is left alone. */
export const SEARCH_PARAMS = [
  'result',
  'state',
  'finding',
  'from',
  'to',
  'minSimilarity',
  'maxSimilarity',
  'minConfidence',
  'maxConfidence',
  'tag',
  'text',
  'modelVersion',
  'reviewer',
  'assignee',
  'missing',
  'sortBy',
  'direction',
  'limit',
  'cursor',
] as const;

/** Reads the parameters strictly; absent ones take their default. Throws a Refusal `bad-request` that names the first bad one. */
export function parseSearchQuery(params: URLSearchParams): SearchQuery {
  const one = (name: string, max = TEXT_MAX): string | null => {
    const given = params.getAll(name);
    if (given.length > 1) throw bad(name, `${name} may be given only once.`);
    return given[0] === undefined || given[0] === '' ? null : checkedText(name, given[0], max);
  };
  const choice = <Value extends string>(name: string, values: readonly Value[]): Value | null => {
    const given = one(name);
    return given === null ? null : known(name, given, values);
  };
  const several = <Value extends string>(name: string, values: readonly Value[]): Value[] => [
    ...new Set(
      params
        .getAll(name)
        .filter((given) => given !== '')
        .map((given) => known(name, given, values)),
    ),
  ];
  const fraction = (name: string): number | null => {
    const given = one(name);
    if (given === null) return null;
    const value = Number(given);
    if (!Number.isFinite(value) || value < -1 || value > 1) throw bad(name, `${name} must be a number from -1 to 1.`);
    return value;
  };
  const user = (name: string, also: readonly string[]): string | null => {
    const given = one(name);
    if (given === null || also.includes(given) || UUID.test(given)) return given;
    throw bad(name, `${name} must be the id of a user${also.map((word) => ` or ${word}`).join('')}.`);
  };
  return {
    machineResult: choice('result', ['VERIFIED', 'NOT_VERIFIED'] as const),
    states: several('state', REVIEW_STATES),
    findings: several('finding', FINDING_KINDS),
    received: parseDaySpan(params, 'from', 'to'),
    similarity: { from: fraction('minSimilarity'), to: fraction('maxSimilarity') },
    confidence: { from: fraction('minConfidence'), to: fraction('maxConfidence') },
    tags: readTags(params.getAll('tag')),
    text: one('text') ?? '',
    modelVersion: one('modelVersion'),
    reviewer: user('reviewer', ['me']),
    assignee: user('assignee', ['me', 'nobody']),
    missing: choice('missing', ['true'] as const) !== null,
    sortBy: choice('sortBy', SEARCH_SORTS) ?? DEFAULT_SEARCH.sortBy,
    direction: choice('direction', DIRECTIONS) ?? DEFAULT_SEARCH.direction,
    limit: wholeNumber('limit', one('limit'), 1, SEARCH_LIMIT_MAX) ?? DEFAULT_SEARCH.limit,
    cursor: one('cursor', CURSOR_MAX),
  };
}

/** The same written out; what has its default value is left out. */
export function formatSearchQuery(query: SearchQuery): URLSearchParams {
  const params = new URLSearchParams();
  const set = (name: string, value: string | number | null) => value !== null && value !== '' && params.set(name, String(value));
  set('result', query.machineResult);
  for (const state of query.states) params.append('state', state);
  for (const finding of query.findings) params.append('finding', finding);
  set('from', query.received.from);
  set('to', query.received.to);
  set('minSimilarity', query.similarity.from);
  set('maxSimilarity', query.similarity.to);
  set('minConfidence', query.confidence.from);
  set('maxConfidence', query.confidence.to);
  for (const tag of query.tags) params.append('tag', formatTag(tag));
  set('text', query.text);
  set('modelVersion', query.modelVersion);
  set('reviewer', query.reviewer);
  set('assignee', query.assignee);
  if (query.missing) params.set('missing', 'true');
  if (query.sortBy !== DEFAULT_SEARCH.sortBy) params.set('sortBy', query.sortBy);
  if (query.direction !== DEFAULT_SEARCH.direction) params.set('direction', query.direction);
  if (query.limit !== DEFAULT_SEARCH.limit) params.set('limit', String(query.limit));
  set('cursor', query.cursor);
  return params;
}

/** Whether anything is narrowed at all. */
export function isFiltered(query: SearchFilter): boolean {
  return formatSearchQuery({ ...DEFAULT_SEARCH, ...filterOf(query) }).size > 0;
}

/** A query's filter without its order and place. */
export function filterOf(query: SearchFilter): SearchFilter {
  const { machineResult, states, findings, received, similarity, confidence, tags, text, modelVersion, reviewer, assignee, missing } =
    query;
  return { machineResult, states, findings, received, similarity, confidence, tags, text, modelVersion, reviewer, assignee, missing };
}

/** `name=value` with both parts percent-encoded, so that either may hold an equals sign; cut as the index cuts them. */
export function formatTag(tag: Tag): string {
  const { name, value } = searchableTag(tag);
  return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
}

/** Reads what `formatTag` wrote; null for anything else. A name may be empty. */
export function parseTag(text: string): Tag | null {
  const at = text.indexOf('=');
  if (at < 0) return null;
  try {
    return { name: decodeURIComponent(text.slice(0, at)), value: decodeURIComponent(text.slice(at + 1)) };
  } catch {
    return null;
  }
}

const page = z.object({
  /** The upstream's record as it was last seen, and what is known of it here. */
  records: z.array(
    z.object({
      id: z.int(),
      record: z.unknown(),
      state: z.enum(REVIEW_STATES),
      reviewer: z.nullable(z.object({ id: z.string(), name: z.string() })),
      decidedAt: z.nullable(z.number()),
      assignee: z.nullable(z.object({ id: z.string(), name: z.string() })),
      missing: z.boolean(),
      /** The ReviewSummary of its case, where it was asked for. */
      review: z.optional(z.unknown()),
    }),
  ),
  nextCursor: z.nullable(z.string()),
  previousCursor: z.nullable(z.string()),
  /** How many match; `capped` when there are more than that. Null when it was not asked for. */
  count: z.nullable(z.object({ value: z.int(), capped: z.boolean() })),
  /** When the newest records were last taken over from the upstream, milliseconds since 1970. */
  syncedAt: z.nullable(z.number()),
});

/** What `GET /api/verifications/search` answers. */
export const searchPage = page;
export type SearchPage = z.infer<typeof page>;

function readTags(given: readonly string[]): Tag[] {
  if (given.length > TAGS_MAX) throw bad('tag', `At most ${TAGS_MAX} tags may be given.`);
  const tags = given
    .filter((text) => text !== '')
    .map((text) => {
      const tag = parseTag(checkedText('tag', text, TAG_MAX));
      if (!tag || !isStorableText(tag.name) || !isStorableText(tag.value))
        throw bad('tag', 'tag must read name=value, both parts percent-encoded.');
      return tag;
    });
  // Each asks for another look at every record it might be on.
  return [...new Map(tags.map((tag) => [formatTag(tag), tag])).values()];
}

function wholeNumber(name: string, given: string | null, low: number, high: number): number | null {
  if (given === null) return null;
  const value = Number(given);
  if (!/^\d{1,9}$/.test(given) || value < low || value > high) throw bad(name, `${name} must be a whole number from ${low} to ${high}.`);
  return value;
}

function known<Value extends string>(name: string, given: string, values: readonly Value[]): Value {
  const value = values.find((candidate) => candidate === given);
  if (value === undefined) throw bad(name, `${name} must be one of ${values.join(', ')}.`);
  return value;
}

function checkedText(name: string, given: string, max: number): string {
  if (given.length > max || !isStorableText(given)) throw bad(name, `${name} must be text of at most ${max} characters.`);
  return given;
}

function bad(field: string, message: string): Refusal {
  return new Refusal('bad-request', message, { field });
}
