import * as z from 'zod/mini';
import { queryText } from '../query-text';
import { auditKind } from './audit-kind';

/** Where records were searched: the record index, the upstream's own list, the count beside a customer, the size of an export, review states. */
export const SEARCH_SOURCES = ['index', 'upstream', 'tally', 'export', 'reviews'] as const;
export type SearchSource = (typeof SEARCH_SOURCES)[number];

/** Lists that show people or what was written about cases. */
export const VIEWED_LISTS = ['approvals', 'batch', 'exports', 'retention', 'users'] as const;
export type ViewedList = (typeof VIEWED_LISTS)[number];

const SEARCHED: Record<SearchSource, string> = {
  index: 'searched the record index',
  upstream: 'searched the records of the verification API',
  tally: 'counted the records of a tag',
  export: 'counted the rows of an export',
  reviews: 'read the review states of a list',
};
const LISTED: Record<ViewedList, string> = {
  approvals: 'read the list of decisions waiting for a second reviewer',
  batch: 'read the results of a bulk action',
  exports: 'read the list of exports',
  retention: 'read the retention and legal hold lists',
  users: 'read the list of users',
};

/** Reading: what people saw without changing it. Each is recorded once per person and subject within a quarter of an hour. */
export const READING_KINDS = {
  'case.viewed': auditKind(z.strictObject({}), () => 'opened the case'),
  /** `query` is the filter as asked, as an address spells it; `rows` were shown, `count` match, at least that many when `capped`. */
  'search.run': auditKind(
    z.strictObject({
      source: z.enum(SEARCH_SOURCES),
      query: z.string(),
      rows: z.nullable(z.int()),
      count: z.nullable(z.int()),
      capped: z.boolean(),
    }),
    ({ source, query, count, capped }) => {
      const found = count === null ? '' : `, ${count.toLocaleString('en-GB')}${capped ? ' or more' : ''} found`;
      return `${SEARCHED[source]}${query === '' ? ' without a filter' : ` for ${queryText(query)}`}${found}`;
    },
  ),
  'audit.read': auditKind(
    z.strictObject({ source: z.enum(['log', 'reading']), query: z.string(), rows: z.int() }),
    ({ source, query }) =>
      `read ${source === 'log' ? 'the audit log' : 'the reading report'}${query === '' ? ' without a filter' : ` for ${queryText(query)}`}`,
  ),
  'list.viewed': auditKind(z.strictObject({ list: z.enum(VIEWED_LISTS), rows: z.int() }), ({ list }) => LISTED[list]),
} as const;
