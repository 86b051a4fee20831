import { exportInput } from '@/lib/domain/export';
import { Refusal } from '@/lib/domain/refusal';
import { countRows } from '@/lib/export/count-rows';
import { route } from '@/lib/http/route';

/** How many rows an export of `kind` would have now, under the other parameters. */
export const GET = route({ permission: 'exports.create' }, async ({ request, actor }) => {
  const params = new URLSearchParams(request.nextUrl.searchParams);
  const kind = params.get('kind');
  params.delete('kind');
  const input = exportInput.safeParse({ kind, format: kind === 'case-pack' ? 'pack' : 'csv', query: params.toString() });
  if (!input.success) throw new Refusal('bad-request', 'kind must be population, audit-log or case-pack.', { field: 'kind' });
  return Response.json({ rows: await countRows(actor, input.data) });
});
