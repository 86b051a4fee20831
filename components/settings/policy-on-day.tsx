'use client';

import { useId, useState } from 'react';
import { dayBounds, parseDay } from '@/lib/domain/calendar-day';
import { type Policy, policiesDuring } from '@/lib/domain/policy';
import { DayField } from '../filters/day-field';
import { LocalTime } from '../ui/local-time';
import { useTimeZone } from '../ui/time-zone';
import { policyLines } from './policy-lines';

/** What the rule was on a day of the organisation's calendar. Where it changed that day, each version with its hours. */
export function PolicyOnDay({ policies }: { policies: Policy[] }) {
  const id = useId();
  const [day, setDay] = useState('');
  const zone = useTimeZone();
  const bounds = parseDay(day) ? dayBounds(day, zone) : null;
  const held = bounds ? policiesDuring(policies, { from: bounds.from, to: bounds.before - 1 }) : [];
  return (
    <section aria-labelledby={`${id}-title`} className="grid gap-2">
      <h2 id={`${id}-title`} className="font-semibold text-lg">
        Policy on a day
      </h2>
      <div className="flex">
        <DayField label="Day" value={day} onChange={setDay} />
      </div>
      <div aria-live="polite" className="grid gap-3">
        {held.map((policy) => (
          <div key={policy.version} className="rounded-lg border border-line bg-surface px-4 py-2.5">
            <p className="font-medium">
              Version {policy.version}
              {held.length > 1 && (
                <>
                  , <LocalTime at={policy.validFrom === 0 ? (bounds?.from ?? null) : policy.validFrom} /> to{' '}
                  <LocalTime at={policy.validTo} fallback="now" />
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
