import { type ExportInput, exportInput } from '@/lib/domain/export';
import { parseAuditLogQuery, parsePopulationQuery } from '@/lib/domain/export-query';
import { Refusal } from '@/lib/domain/refusal';
import type { Tag } from '@/lib/domain/verification';
import { countRows } from '@/lib/export/count-rows';
import { narrowed } from '@/lib/export/narrowed';
import { route } from '@/lib/http/route';
import { recordSearch } from '@/lib/review/record-search';

/** How many rows an export of `kind` would have now, under the other parameters. */
export const GET = route({ permission: 'exports.create' }, async ({ request, actor }) => {
  const params = new URLSearchParams(request.nextUrl.searchParams);
  const kind = params.get('kind');
  params.delete('kind');
  const input = exportInput.safeParse({ kind, format: kind === 'case-pack' ? 'pack' : 'csv', query: params.toString() });
  if (!input.success) throw new Refusal('bad-request', 'kind must be population, audit-log or case-pack.', { field: 'kind' });
  const rows = await countRows(actor, input.data);
  // A count under a filter says whether somebody is known under it.
  if (kind !== 'case-pack')
    await recordSearch(actor, {
      source: 'export',
      filter: new URLSearchParams([['kind', input.data.kind], ...new URLSearchParams(narrowed(actor, input.data))]),
      ...namesIn(input.data),
      found: () => ({ rows: null, count: rows, capped: false }),
    });
  return Response.json({ rows });
});

function namesIn({ kind, query }: ExportInput): { tags: readonly Tag[]; text?: string } {
  const params = new URLSearchParams(query);
  return kind === 'population' ? parsePopulationQuery(params) : { tags: parseAuditLogQuery(params).tags };
}
