import { route } from '@/lib/http/route';
import { pendingApprovals } from '@/lib/review/pending-approvals';

/** The decisions that wait for a second person, oldest first. */
export const GET = route({ permission: 'records.read' }, async ({ actor }) => Response.json({ approvals: await pendingApprovals(actor) }));
