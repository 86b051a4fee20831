'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ChangeView } from '@/lib/domain/change/change-view';
import type { ErasureRule } from '@/lib/domain/retention';
import { LocalTime } from '../ui/local-time';
import { RetentionForm } from './retention-form';
import { WaitingChanges } from './waiting-changes';

export interface RetentionScreenProps {
  due: { policyVersion: number; retentionDays: number; ids: number[]; total: number; more: boolean };
  holds: { verificationId: number; reason: string; byName: string; at: number }[];
  erasures: {
    runId: string;
    rule: ErasureRule;
    reason: string;
    policyVersion: number;
    byName: string;
    at: number;
    ids: number[];
    total: number;
  }[];
  mayManage: boolean;
  /** Erasures and ends of holds that wait for a second reviewer. */
  waiting: ChangeView[];
  /** Cases the address names, to begin with. */
  named: string;
}

/** What is kept how long: the cases whose time is over, those that must be kept, and what was erased. */
export function RetentionScreen({ due, holds, erasures, mayManage, waiting, named }: RetentionScreenProps) {
  const router = useRouter();
  const [said, setSaid] = useState('');
  return (
    <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-6">
      <header>
        <h1 className="font-semibold text-xl">Retention and legal hold</h1>
        <p className="text-muted">
          By version {due.policyVersion} of the policy a case is kept {due.retentionDays.toLocaleString('en-GB')} days after it was
          resolved.{' '}
          {due.total === 0
            ? 'The time of no case is over.'
            : `The time of ${due.more ? 'more than ' : ''}${due.total.toLocaleString('en-GB')} ${due.total === 1 ? 'case' : 'cases'} is over.`}
        </p>
      </header>
      <WaitingChanges changes={waiting} />
      {mayManage && (
        <RetentionForm
          due={due.ids}
          named={named}
          onDone={(sentence) => {
            setSaid(sentence);
            router.refresh();
          }}
        />
      )}
      <section aria-labelledby="holds">
        <h2 id="holds" className="font-semibold text-lg">
          Under legal hold
        </h2>
        {holds.length === 0 && <p className="text-muted">No case is.</p>}
        <ul className="mt-2 divide-y divide-line rounded-lg border border-line bg-surface empty:hidden">
          {holds.map(({ verificationId, reason, byName, at }) => (
            <li key={verificationId} className="flex flex-wrap gap-x-3 gap-y-0.5 px-4 py-2">
              <CaseNumber id={verificationId} />
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{reason}</span>
              <span className="text-muted">
                {byName}, <LocalTime at={at} />
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="erasures">
        <h2 id="erasures" className="font-semibold text-lg">
          Erasures
        </h2>
        {erasures.length === 0 && <p className="text-muted">Nothing was erased so far.</p>}
        <ol className="mt-2 grid gap-2">
          {erasures.map(({ runId, rule, reason, policyVersion, byName, at, ids, total }) => (
            <li key={runId}>
              <details className="rounded-lg border border-line bg-surface px-4 py-2">
                <summary className="cursor-pointer">
                  {total} {total === 1 ? 'case' : 'cases'} {rule === 'RETENTION' ? 'whose time was over' : 'at a request'},{' '}
                  <LocalTime at={at} />{' '}
                  <span className="text-muted">
                    by {byName}, policy {policyVersion}
                  </span>
                </summary>
                {reason && <p className="py-1 text-muted">{reason}</p>}
                <p className="flex flex-wrap gap-x-2 gap-y-1 py-1">
                  {ids.map((id) => (
                    <CaseNumber key={id} id={id} />
                  ))}
                </p>
              </details>
            </li>
          ))}
        </ol>
      </section>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </div>
  );
}

function CaseNumber({ id }: { id: number }) {
  return (
    <Link href={`/verifications/${id}`} prefetch={false} className="font-mono font-semibold text-accent underline-offset-2 hover:underline">
      {id}
    </Link>
  );
}
