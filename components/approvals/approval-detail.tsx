'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { isChanged } from '@/lib/domain/record-change';
import { ApprovalPanel } from '../review/approval-panel';
import type { CaseData } from '../review/case-data';
import { CaseWithRecord } from '../review/case-with-record';
import { buttonClass } from '../ui/button';
import { MachineResultPill } from '../ui/machine-result-pill';
import { Notice } from '../ui/notice';

/** The chosen proposal: the first person's decision and rationale, and the evidence it was made on, to answer with two keys. */
export function ApprovalDetail({ data, onAnswered }: { data: CaseData; onAnswered: (said: string) => void }) {
  const router = useRouter();
  const { id, record, history, viewer } = data;
  return (
    <section aria-label={`Verification ${id}`} className="flex min-w-0 flex-1 flex-col lg:min-h-0">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-surface px-4 py-1.5">
        <Link href="/approvals" prefetch={false} className={`${buttonClass('quiet', true)} lg:hidden`}>
          Back to the list
        </Link>
        <h2 className="font-semibold text-lg">Verification {id}</h2>
        {record && <MachineResultPill result={record.verification.machineResult} />}
        <Link href={`/verifications/${id}`} prefetch={false} className={`${buttonClass('plain', true)} ml-auto`}>
          Open the case
        </Link>
      </header>
      {history?.proposal ? (
        <ApprovalPanel
          key={history.proposal.decision.id}
          {...history.proposal}
          recordChanged={isChanged(history.recordChange)}
          mayAnswer={viewer.actions.includes('approve')}
          onAnswered={onAnswered}
          onOutdated={() => router.refresh()}
        />
      ) : (
        <Notice tone="plain" title="This proposal was answered, or no longer stands." className="m-2.5" />
      )}
      {data.historyProblem && <Notice tone="bad" title={data.historyProblem} className="m-2.5" />}
      {data.recordProblem && (
        <Notice tone="bad" title={data.recordProblem.title} className="m-2.5">
          {data.recordProblem.sentence}
        </Notice>
      )}
      {record && (
        <CaseWithRecord
          record={record}
          history={history}
          coordinates={data.coordinates}
          known={data.evidence}
          blind={data.blind}
          viewer={viewer}
          features={null}
          onChanged={() => router.refresh()}
        />
      )}
    </section>
  );
}
