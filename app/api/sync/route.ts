import { route } from '@/lib/http/route';
import { requestSync } from '@/lib/mirror/sync-request';
import { syncStatus } from '@/lib/mirror/sync-status';

/** How old the index of the records is, how far it has come, and what went wrong. */
export const GET = route({ permission: 'records.read' }, async () => Response.json(await syncStatus()));

/** Requests a sync at once and returns before it is done: `request` of the status says how far it is. */
export const POST = route({ permission: 'index.sync' }, async ({ actor }) => {
  await requestSync(actor);
  return Response.json(await syncStatus(), { status: 202 });
});
