'use client';

import { useId, useState } from 'react';
import { type Policy, policiesDuring } from '@/lib/domain/policy';
import { LocalTime } from '../ui/local-time';
import { policyLines } from './policy-lines';

const DAY_MS = 86_400_000;

/** What the rule was on a day, in the reader's own zone. Where it changed that day, each version with its hours. */
export function PolicyOnDay({ policies }: { policies: Policy[] }) {
  const id = useId();
  const [day, setDay] = useState('');
  const from = day === '' ? Number.NaN : new Date(`${day}T00:00`).getTime();
  const held = Number.isFinite(from) ? policiesDuring(policies, { from, to: from + DAY_MS - 1 }) : [];
  return (
    <section aria-labelledby={`${id}-title`} className="grid gap-2">
      <h2 id={`${id}-title`} className="font-semibold text-lg">
        Policy on a day
      </h2>
      <label className="flex items-center gap-2">
        <span>Day</span>
        <input
          type="date"
          value={day}
          onChange={({ target }) => setDay(target.value)}
          className="h-8 rounded-md border border-line-strong bg-bg px-2"
        />
      </label>
      <div aria-live="polite" className="grid gap-3">
        {held.map((policy) => (
          <div key={policy.version} className="rounded-lg border border-line bg-surface px-4 py-2.5">
            <p className="font-medium">
              Version {policy.version}
              {held.length > 1 && (
                <>
                  , <LocalTime at={policy.validFrom === 0 ? from : policy.validFrom} /> to <LocalTime at={policy.validTo} fallback="now" />
                </>
              )}
            </p>
            <ul className="list-inside list-disc">
              {policyLines(policy.settings).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}
