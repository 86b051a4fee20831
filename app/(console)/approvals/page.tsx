import type { Metadata } from 'next';
import { ApprovalsScreen } from '@/components/approvals/approvals-screen';
import { recordListView } from '@/lib/audit/record-list-view';
import { requireActor } from '@/lib/auth/actor';
import { settledChanges, waitingChanges } from '@/lib/changes/read-changes';
import { can } from '@/lib/domain/actor';
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
  const mayAnswer = can(actor, 'decisions.approve');
  const mayAnswerChanges = can(actor, 'policies.approve');
  const { case: named, change } = await searchParams;
  const id = typeof named === 'string' ? verificationIdOf(named) : null;
  const [approvals, waiting, cases, agreement, changed, shown] = await Promise.all([
    pendingApprovals(actor),
    waitingChanges(actor),
    mayAnswer ? qaCases(actor) : [],
    qaAgreement(),
    countMatches(actor, parseSearchQuery(new URLSearchParams('finding=record-changed'))),
    id === null ? null : loadCase(actor, id, { blind: false }),
  ]);
  await recordListView(actor, 'approvals', approvals.length);
  const settled = await settledChanges(actor);
  const shownChange = shown ? null : ([...waiting, ...settled].find(({ id: known }) => known === change) ?? null);
  const changes = { waiting, settled, mayAnswer: mayAnswerChanges };
  return <ApprovalsScreen {...{ approvals, changes, agreement, changed, shown, shownChange }} qaCases={cases} />;
}
