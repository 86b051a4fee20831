import type { Metadata } from 'next';
import { ReadingScreen } from '@/components/audit/reading-screen';
import { requireActor } from '@/lib/auth/actor';
import { can } from '@/lib/domain/actor';

export const metadata: Metadata = { title: 'Reading report' };

export default async function ReadingPage() {
  const actor = await requireActor('audit.read');
  return <ReadingScreen mayExport={can(actor, 'exports.create')} />;
}
