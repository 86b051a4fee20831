import { route } from '@/lib/http/route';
import { readBatch } from '@/lib/review/run-batch';

/** What a bulk act did to each case. */
export const GET = route<{ id: string }>({ permission: 'records.read' }, async ({ params }) =>
  Response.json({ batch: await readBatch(params.id) }),
);
