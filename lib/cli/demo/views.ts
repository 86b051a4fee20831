import { db } from '@/lib/db/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import type { SavedView } from '@/lib/domain/desk-input';
import { rolesWith } from '@/lib/domain/roles';
import { saveView } from '@/lib/review/saved-views';

type DemoView = Pick<SavedView, 'name' | 'query' | 'defaultFor'>;

const STILL_OPEN = 'state=OPEN&state=REOPENED';

/** What a team that looks at failures keeps at hand. */
const VIEWS: readonly DemoView[] = [
  { name: 'Open failures', query: `source=index&result=NOT_VERIFIED&${STILL_OPEN}&direction=asc`, defaultFor: 'analyst' },
  { name: 'Contradictions', query: `source=index&finding=contradiction&finding=face-count-mismatch&${STILL_OPEN}`, defaultFor: null },
  { name: 'Given to me', query: `source=index&${STILL_OPEN}&state=CLAIMED&assignee=me&direction=asc`, defaultFor: null },
  { name: 'Evidence problems', query: 'source=index&finding=drift&finding=file-missing&direction=asc', defaultFor: null },
  { name: 'Escalated', query: 'source=index&state=ESCALATED&direction=asc', defaultFor: null },
  { name: 'Record changed after decision', query: 'source=index&finding=record-changed&direction=asc', defaultFor: null },
  { name: 'Second person', query: 'source=index&state=PENDING_SECOND_REVIEW&direction=asc', defaultFor: null },
];

/** Shares these views in the name of the demo manager; not where views were ever saved, even if they were archived since. */
export async function ensureDemoViews(managerEmail: string): Promise<void> {
  if ((await db().savedView.count()) > 0) return;
  const manager = await db().user.findUnique({ where: { email: managerEmail } });
  const role = rolesWith('views.share').find((known) => known === manager?.role);
  if (!manager || !role || manager.disabledAt) return;
  const actor: Actor = { ...SYSTEM_ACTOR, id: manager.id, name: manager.name, email: manager.email, role };
  for (const view of VIEWS) await saveView(actor, { ...view, shared: true, slaHours: null });
}
