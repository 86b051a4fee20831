import type { Metadata } from 'next';
import { ApprovalsScreen } from '@/components/approvals/approvals-screen';
import { recordListView } from '@/lib/audit/record-list-view';
import { requireActor } from '@/lib/auth/actor';
import { may } from '@/lib/domain/roles';
import { parseSearchQuery } from '@/lib/domain/search-query';
import { verificationIdOf } from '@/lib/domain/verification-id';
import { countMatches } from '@/lib/mirror/search';
import { pendingApprovals } from '@/lib/review/pending-approvals';
import { qaAgreement, qaCases } from '@/lib/review/qa';
import { loadCase } from '../verifications/[id]/load-case';

export const metadata: Metadata = { title: 'Approvals' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ApprovalsPage({ searchParams }: Props) {
  const actor = await requireActor('records.read');
  const mayAnswer = actor.role !== 'system' && may(actor.role, 'decisions.approve');
  const named = (await searchParams).case;
  const id = typeof named === 'string' ? verificationIdOf(named) : null;
  const [approvals, cases, agreement, changed, shown] = await Promise.all([
    pendingApprovals(actor),
    mayAnswer ? qaCases(actor) : [],
    qaAgreement(),
    countMatches(actor, parseSearchQuery(new URLSearchParams('finding=record-changed'))),
    id === null ? null : loadCase(actor, id, { blind: false }),
  ]);
  await recordListView(actor, 'approvals', approvals.length);
  return <ApprovalsScreen approvals={approvals} qaCases={cases} agreement={agreement} changed={changed} shown={shown} />;
}
