import type { Metadata } from 'next';
import { requireActor } from '@/lib/auth/actor';
import { VerificationsGrid } from './verifications-grid';

export const metadata: Metadata = { title: 'Verifications' };

export default async function VerificationsPage() {
  await requireActor('records.read');
  return <VerificationsGrid />;
}
