import type { Metadata } from 'next';
import type { GridViewer } from '@/components/grid/grid-screen';
import { defaultView } from '@/components/views/saved-view';
import { requireActor } from '@/lib/auth/actor';
import { type Actor, can } from '@/lib/domain/actor';
import { BATCH_VERBS } from '@/lib/domain/desk-input';
import type { Permission } from '@/lib/domain/roles';
import { syncStatus } from '@/lib/mirror/sync-status';
import { savedViews } from '@/lib/review/saved-views';
import { VerificationsGrid } from './verifications-grid';

export const metadata: Metadata = { title: 'Verifications' };

export default async function VerificationsPage() {
  const actor = await requireActor('records.read');
  const [views, index] = await Promise.all([savedViews(actor), syncStatus()]);
  const begin = index.backfill.isDone ? (defaultView(views, actor.role)?.query ?? null) : null;
  return <VerificationsGrid viewer={viewerOf(actor)} views={views} index={index} begin={begin} />;
}

function viewerOf(actor: Actor): GridViewer {
  const grants = (permission: Permission) => can(actor, permission);
  const verbs = BATCH_VERBS.filter((verb) => grants(verb === 'assign' ? 'cases.assign' : 'queue.draw'));
  return {
    id: actor.id,
    mayShare: grants('views.share'),
    mayDraw: grants('queue.draw'),
    mayExport: grants('exports.create'),
    maySync: grants('index.sync'),
    verbs,
  };
}
