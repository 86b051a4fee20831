import { recordListView } from '@/lib/audit/record-list-view';
import { route } from '@/lib/http/route';
import { dueCases } from '@/lib/retention/due-cases';
import { erasureRuns } from '@/lib/retention/erasures';
import { heldCases } from '@/lib/retention/holds';

/** The cases whose time is over, those under legal hold, and the latest erasures. */
export const GET = route({ permission: 'audit.read' }, async ({ actor }) => {
  const [due, holds, erasures] = await Promise.all([dueCases(), heldCases(), erasureRuns()]);
  await recordListView(actor, 'retention', due.ids.length + holds.length + erasures.length);
  return Response.json({ due, holds, erasures });
});
