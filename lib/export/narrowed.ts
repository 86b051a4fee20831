import type { Actor } from '@/lib/domain/actor';
import type { ExportInput } from '@/lib/domain/export';
import { parseAuditLogQuery, parseCasePackQuery, parsePopulationQuery } from '@/lib/domain/export-query';

/** The parameters of a list that say where one looks in it, not what it holds. */
const PLACE = ['sortBy', 'direction', 'limit', 'offset', 'cursor', 'count', 'columns'];

/**
 * The query as it is kept: checked, without what says nothing about the extract, and with `me` spelled out, for whoever reads it later
 * is somebody else. Throws a Refusal `bad-request` that names the parameter.
 */
export function narrowed(actor: Actor, { kind, query }: ExportInput): string {
  const params = new URLSearchParams(query);
  for (const name of PLACE) params.delete(name);
  for (const name of ['reviewer', 'assignee']) if (params.get(name) === 'me') params.set(name, actor.id);
  if (kind === 'population') parsePopulationQuery(params);
  else if (kind === 'audit-log') parseAuditLogQuery(params);
  else parseCasePackQuery(params);
  return params.toString();
}
