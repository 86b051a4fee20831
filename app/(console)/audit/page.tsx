import type { Metadata } from 'next';
import { AuditScreen } from '@/components/audit/audit-screen';
import { requireActor } from '@/lib/auth/actor';
import { can } from '@/lib/domain/actor';

export const metadata: Metadata = { title: 'Audit' };

export default async function AuditPage() {
  const actor = await requireActor('audit.read');
  return <AuditScreen mayExport={can(actor, 'exports.create')} />;
}
