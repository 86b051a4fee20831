import * as z from 'zod/mini';
import { readingCounts } from '@/lib/domain/reading-query';
import { wireAuditPage } from './audit-events-wire';

/** What `GET /api/audit/reading` returns. */
export const wireReading = z.extend(wireAuditPage, { counts: z.nullable(readingCounts) });

/** What the report is narrowed to, as its URL spells it. Every part may be empty. */
export interface ReadingQuery {
  person: string;
  verification: string;
  from: string;
  to: string;
}

export function readReadingQuery(params: URLSearchParams): ReadingQuery {
  const part = (name: string) => (params.get(name) ?? '').slice(0, 200);
  return { person: part('person'), verification: part('verification'), from: part('from'), to: part('to') };
}

export function readingSearch(query: ReadingQuery): URLSearchParams {
  return new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
}

/** The same events as an export of the audit log. */
export function readingExportHref({ person, ...query }: ReadingQuery): string {
  const params = { kind: 'audit-log', format: 'csv', group: 'reading', ...query, reviewer: person };
  return `/audit/exports?${new URLSearchParams(Object.entries(params).filter(([, value]) => value !== ''))}`;
}
