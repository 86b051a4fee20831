import { route } from '@/lib/http/route';
import { listReviewers } from '@/lib/review/assign-case';

/** Who may be given cases. */
export const GET = route({ permission: 'records.read' }, async () => Response.json({ reviewers: await listReviewers() }));
