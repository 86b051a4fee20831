import { recordListView } from '@/lib/audit/record-list-view';
import { route } from '@/lib/http/route';
import { readBatch } from '@/lib/review/run-batch';

/** What a bulk act did to each case. */
export const GET = route<{ id: string }>({ permission: 'records.read' }, async ({ actor, params }) => {
  const batch = await readBatch(params.id);
  await recordListView(actor, 'batch', batch.succeeded.length + batch.refused.length, batch.id);
  return Response.json({ batch });
});
