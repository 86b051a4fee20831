import { recordReading } from '@/lib/audit/record-reading';
import type { Actor } from '@/lib/domain/actor';
import type { SearchSource } from '@/lib/domain/audit-kinds/reading';
import { withDaysWritten } from '@/lib/domain/day-span';
import { searchableTag } from '@/lib/domain/searchable-tag';
import type { Tag } from '@/lib/domain/verification';
import { calendarNow } from '@/lib/env';

/** What a search came to: rows shown, how many match (null when that was not counted), and whether there may be more. */
export interface Found {
  rows: number | null;
  count: number | null;
  capped: boolean;
}

export interface Search {
  source: SearchSource;
  /** The filter as asked, without order and page: those of one list are one search. */
  filter: URLSearchParams;
  tags?: readonly Tag[];
  /** Part of a file's name. */
  text?: string;
  /** Called only when there is something to record. */
  found: () => Found;
}

export const NOT_COUNTED: Found = { rows: null, count: null, capped: false };

/** Records that the actor searched the records under a filter. What of it may name a person is kept so that an erasure finds it. */
export function recordSearch(actor: Actor, { source, filter, tags = [], text = '', found }: Search): Promise<void> {
  const query = withDaysWritten(filter, calendarNow()).toString();
  const subject = `records:${source}`;
  const event = () => ({ action: 'search.run', subject, data: { source, query, ...found() } }) as const;
  const names = [
    ...tags.map(searchableTag).map(({ name, value }) => [name, value] as const),
    ...(text === '' ? [] : [[null, text] as const]),
  ];
  return recordReading(actor, { action: 'search.run', subject, same: { query }, event, names });
}
