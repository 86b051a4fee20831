import type { Metadata } from 'next';
import { QueueScreen } from '@/components/desk/queue-screen';
import { requireActor } from '@/lib/auth/actor';
import { savedViews } from '@/lib/review/saved-views';

export const metadata: Metadata = { title: 'Queue' };

export default async function QueuePage() {
  const actor = await requireActor('queue.draw');
  return <QueueScreen views={(await savedViews(actor)).map(({ id, name }) => ({ id, name }))} />;
}
