import type { Metadata } from 'next';
import { QueueScreen } from '@/components/desk/queue-screen';
import { requireActor } from '@/lib/auth/actor';
import { can } from '@/lib/domain/actor';
import { syncStatus } from '@/lib/mirror/sync-status';
import { queuesOf } from '@/lib/review/draw-grants';

export const metadata: Metadata = { title: 'Queue' };

export default async function QueuePage() {
  const actor = await requireActor('queue.draw');
  const [queues, sync] = await Promise.all([queuesOf(actor), syncStatus().catch(() => null)]);
  return <QueueScreen queues={queues} mayGrant={can(actor, 'cases.assign')} sync={sync} />;
}
