import type { Metadata } from 'next';
import { ApprovalsScreen } from '@/components/approvals/approvals-screen';
import { requireActor } from '@/lib/auth/actor';
import { may } from '@/lib/domain/roles';
import { pendingApprovals } from '@/lib/review/pending-approvals';
import { qaAgreement, qaCases } from '@/lib/review/qa';

export const metadata: Metadata = { title: 'Approvals' };

export default async function ApprovalsPage() {
  const actor = await requireActor('records.read');
  const mayAnswer = actor.role !== 'system' && may(actor.role, 'decisions.approve');
  const [approvals, cases, agreement] = await Promise.all([pendingApprovals(actor), mayAnswer ? qaCases(actor) : [], qaAgreement()]);
  return <ApprovalsScreen approvals={approvals} qaCases={cases} agreement={agreement} />;
}
