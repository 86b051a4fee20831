import type { Metadata } from 'next';
import { RetentionScreen } from '@/components/settings/retention-screen';
import { recordListView } from '@/lib/audit/record-list-view';
import { requireActor } from '@/lib/auth/actor';
import { waitingChanges } from '@/lib/changes/read-changes';
import { can } from '@/lib/domain/actor';
import { verificationIdsOf } from '@/lib/domain/verification-id';
import { dueCases } from '@/lib/retention/due-cases';
import { erasureRuns } from '@/lib/retention/erasures';
import { heldCases } from '@/lib/retention/holds';

export const metadata: Metadata = { title: 'Retention and legal hold' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function RetentionPage({ searchParams }: Props) {
  const actor = await requireActor('audit.read');
  const { ids } = await searchParams;
  const changes = await waitingChanges(actor);
  const waiting = changes.filter(({ kind }) => kind === 'ERASURE' || kind === 'HOLD_LIFT');
  const [due, holds, erasures] = await Promise.all([dueCases(), heldCases(), erasureRuns()]);
  await recordListView(actor, 'retention', due.ids.length + holds.length + erasures.length);
  const mayManage = can(actor, 'retention.manage');
  return <RetentionScreen {...{ due, holds, erasures, mayManage, waiting }} named={namedIn(ids)} />;
}

// A comma of an address needs a blank behind it in the field, where people write.
function namedIn(ids: string | string[] | undefined): string {
  const text = typeof ids === 'string' ? ids : '';
  return verificationIdsOf(text)?.join(', ') ?? text;
}
