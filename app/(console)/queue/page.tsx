import type { Metadata } from 'next';
import { QueueScreen } from '@/components/desk/queue-screen';
import { requireActor } from '@/lib/auth/actor';
import { can } from '@/lib/domain/actor';
import { queuesOf } from '@/lib/review/draw-grants';

export const metadata: Metadata = { title: 'Queue' };

export default async function QueuePage() {
  const actor = await requireActor('queue.draw');
  return <QueueScreen queues={await queuesOf(actor)} mayGrant={can(actor, 'cases.assign')} />;
}
