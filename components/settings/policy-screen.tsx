'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ChangeView } from '@/lib/domain/change/change-view';
import type { Policy } from '@/lib/domain/policy';
import { REASON_CODES } from '@/lib/domain/reason-codes';
import { LocalTime } from '../ui/local-time';
import { PolicyForm } from './policy-form';
import { policyLines } from './policy-lines';
import { PolicyOnDay } from './policy-on-day';
import { WaitingChanges } from './waiting-changes';

export interface PolicyScreenProps {
  policies: Policy[];
  mayChange: boolean;
  /** Proposed versions that wait for a second reviewer. */
  waiting: ChangeView[];
}

/** The rules in force, the way to change them, every version there was, and the guideline behind each reason. */
export function PolicyScreen({ policies, mayChange, waiting }: PolicyScreenProps) {
  const router = useRouter();
  const [said, setSaid] = useState('');
  const [current, ...past] = policies;
  if (!current) return null;
  return (
    <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-6">
      <header>
        <h1 className="font-semibold text-xl">Policy</h1>
        <p className="text-muted">
          Version {current.version} is in force
          {current.version > 0 && (
            <>
              {' '}
              since <LocalTime at={current.validFrom} />, by {current.byName}: {current.reason.replace(/\.$/, '')}
            </>
          )}
          {current.version === 0 && ': the default of the console'}. Each decision follows the version in force when it was made.
        </p>
      </header>
      <WaitingChanges changes={waiting} />
      {mayChange ? (
        <PolicyForm
          key={current.version}
          policy={current}
          onChanged={(sentence) => {
            setSaid(sentence);
            router.refresh();
          }}
        />
      ) : (
        <Lines policy={current} />
      )}
      <PolicyOnDay policies={policies} />
      <section aria-labelledby="past">
        <h2 id="past" className="font-semibold text-lg">
          Earlier versions
        </h2>
        {past.length === 0 && <p className="text-muted">No earlier versions.</p>}
        <ol className="mt-2 grid gap-2">
          {past.map((policy) => (
            <li key={policy.version}>
              <details className="rounded-lg border border-line bg-surface px-4 py-2">
                <summary className="cursor-pointer">
                  Version {policy.version}, {policy.version > 0 ? <LocalTime at={policy.validFrom} /> : 'from the beginning'} to{' '}
                  <LocalTime at={policy.validTo} /> <span className="text-muted">by {policy.byName}</span>
                </summary>
                <p className="py-1 text-muted">{policy.reason}</p>
                <Lines policy={policy} />
              </details>
            </li>
          ))}
        </ol>
      </section>
      <section aria-labelledby="guidelines">
        <h2 id="guidelines" className="font-semibold text-lg">
          Reasons and their guidelines
        </h2>
        <dl className="mt-2 grid gap-x-6 gap-y-1.5 rounded-lg border border-line bg-surface px-4 py-3 sm:grid-cols-[220px_1fr]">
          {Object.entries(REASON_CODES).map(([code, { label, guideline }]) => (
            <div key={code} className="contents">
              <dt className="font-medium">{label}</dt>
              <dd className="text-muted max-sm:mb-2">{guideline}</dd>
            </div>
          ))}
        </dl>
      </section>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </div>
  );
}

function Lines({ policy }: { policy: Policy }) {
  return (
    <ul className="list-inside list-disc">
      {policyLines(policy.settings).map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
