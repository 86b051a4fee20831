import type { Actor } from '@/lib/domain/actor';
import { withDaysWritten } from '@/lib/domain/day-span';
import type { ExportInput } from '@/lib/domain/export';
import { parseAuditLogQuery, parseCasePackQuery, parsePopulationQuery } from '@/lib/domain/export-query';
import { calendarNow } from '@/lib/env';

/** The parameters of a list that say where one looks in it, not what it holds. */
const PLACE = ['sortBy', 'direction', 'limit', 'offset', 'cursor', 'count', 'columns'];

/**
 * Returns the query as it is kept: checked, without what says nothing about the extract, and with `me` and days counted from the present
 * one spelled out, because it is read by another person on another day. Throws a Refusal `bad-request` that names the parameter.
 */
export function narrowed(actor: Actor, { kind, query }: ExportInput): string {
  const params = new URLSearchParams(query);
  for (const name of PLACE) params.delete(name);
  for (const name of ['reviewer', 'assignee']) if (params.get(name) === 'me') params.set(name, actor.id);
  if (kind === 'population') parsePopulationQuery(params);
  else if (kind === 'audit-log') parseAuditLogQuery(params);
  else parseCasePackQuery(params);
  return withDaysWritten(params, calendarNow()).toString();
}
