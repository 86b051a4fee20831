import type { Metadata } from 'next';
import { ChainVerdict } from '@/components/audit/chain-verdict';
import { requireActor } from '@/lib/auth/actor';

export const metadata: Metadata = { title: 'Audit log' };

export default async function AuditLogPage() {
  await requireActor('audit.read');
  return (
    <div className="grid max-w-3xl content-start gap-3">
      <h1 className="font-semibold text-xl">Signing of the audit log</h1>
      <ChainVerdict detailed />
    </div>
  );
}
