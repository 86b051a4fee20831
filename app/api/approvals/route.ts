import { recordListView } from '@/lib/audit/record-list-view';
import { route } from '@/lib/http/route';
import { pendingApprovals } from '@/lib/review/pending-approvals';

/** The decisions that wait for a second person, oldest first. */
export const GET = route({ permission: 'records.read' }, async ({ actor }) => {
  const approvals = await pendingApprovals(actor);
  await recordListView(actor, 'approvals', approvals.length);
  return Response.json({ approvals });
});
