import { settledChanges, waitingChanges } from '@/lib/changes/read-changes';
import { route } from '@/lib/http/route';

/** The changes that wait for a second reviewer, oldest first, and the newest that no longer do. */
export const GET = route({ permission: 'records.read' }, async ({ actor }) => {
  const waiting = await waitingChanges(actor);
  return Response.json({ waiting, settled: await settledChanges(actor) });
});
