import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import type { GridViewer } from '@/components/grid/grid-screen';
import { GRID_PATH } from '@/components/grid/grid-url';
import { defaultView } from '@/components/views/saved-view';
import { requireActor } from '@/lib/auth/actor';
import type { Actor } from '@/lib/domain/actor';
import { BATCH_VERBS } from '@/lib/domain/desk-input';
import { may, type Permission } from '@/lib/domain/roles';
import { syncStatus } from '@/lib/mirror/sync-status';
import { savedViews } from '@/lib/review/saved-views';
import { VerificationsGrid } from './verifications-grid';

export const metadata: Metadata = { title: 'Verifications' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function VerificationsPage({ searchParams }: Props) {
  const actor = await requireActor('records.read');
  const [views, { backfill, syncedAt, failure }, asked] = await Promise.all([savedViews(actor), syncStatus(), searchParams]);
  const begun = Object.keys(asked).length === 0 && backfill.isDone ? defaultView(views, actor.role) : undefined;
  if (begun) redirect(`${GRID_PATH}?${begun.query}`);
  const index = { isFilled: backfill.isDone, done: backfill.done, total: backfill.total, syncedAt, failure };
  return <VerificationsGrid viewer={viewerOf(actor)} views={views} index={index} />;
}

function viewerOf(actor: Actor): GridViewer {
  const grants = (permission: Permission) => actor.role !== 'system' && may(actor.role, permission);
  const verbs = BATCH_VERBS.filter((verb) => grants(verb === 'assign' ? 'cases.assign' : 'queue.draw'));
  return { id: actor.id, mayShare: grants('views.share'), mayDraw: grants('queue.draw'), mayExport: grants('audit.read'), verbs };
}
