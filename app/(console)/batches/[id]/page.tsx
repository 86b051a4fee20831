import type { Metadata } from 'next';
import Link from 'next/link';
import { BatchScreen } from '@/components/batch/batch-screen';
import { DeadEnd } from '@/components/shell/dead-end';
import { buttonClass } from '@/components/ui/button';
import { recordListView } from '@/lib/audit/record-list-view';
import { requireActor } from '@/lib/auth/actor';
import type { BatchResult } from '@/lib/domain/desk-input';
import { Refusal } from '@/lib/domain/refusal';
import { readBatch } from '@/lib/review/run-batch';

export const metadata: Metadata = { title: 'Bulk act' };

export default async function BatchPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('records.read');
  const batch = await found((await params).id);
  if (batch) await recordListView(actor, 'batch', batch.succeeded.length + batch.refused.length, batch.id);
  return batch ? <BatchScreen batch={batch} /> : <NoBatch />;
}

function NoBatch() {
  const back = (
    <Link href="/verifications" className={buttonClass()}>
      All verifications
    </Link>
  );
  return (
    <DeadEnd title="No such bulk act" actions={back}>
      The address names none that was ever run here.
    </DeadEnd>
  );
}

async function found(id: string): Promise<BatchResult | null> {
  try {
    return await readBatch(id);
  } catch (failure) {
    if (failure instanceof Refusal) return null;
    throw failure;
  }
}
