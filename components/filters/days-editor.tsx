import { useState } from 'react';
import { type DaySpan, dayNamedBy } from '@/lib/domain/day-span';
import { Button } from '../ui/button';
import { useDayZone, useTimeZone } from '../ui/time-zone';
import { EditorForm, useTyped } from './editor-form';

const RECENT = [
  ['Today', 'today'],
  ['Last 7 days', 'today-6'],
  ['Last 30 days', 'today-29'],
] as const;
const FIELD = 'h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 text-[16px] aria-invalid:border-bad sm:text-sm';

/** From and to in days of the organisation's calendar, both included. A choice of recent days is counted anew whenever it is used. */
export function DaysEditor({ span, onChange }: { span: DaySpan; onChange: (span: DaySpan) => void }) {
  const zone = useTimeZone();
  const shown = (text: string | null) => (text === null ? '' : (dayNamedBy(text, { zone, now: Date.now() }) ?? ''));
  const [from, setFrom] = useTyped(shown(span.from));
  const [to, setTo] = useTyped(shown(span.to));
  const [problem, setProblem] = useState<string | null>(null);
  const apply = () => {
    if (from !== '' && to !== '' && from > to) return setProblem('The first day lies after the second.');
    setProblem(null);
    // What was not touched stays as it was written, counted days among it.
    const next = (typed: string, given: string | null) => (typed === shown(given) ? given : typed || null);
    onChange({ from: next(from, span.from), to: next(to, span.to) });
  };
  return (
    <EditorForm legend={`Received, days in ${useDayZone()}`} problem={problem} onApply={apply}>
      <span className="mb-1 flex flex-wrap gap-1">
        {RECENT.map(([label, day]) => (
          <Button key={label} small onClick={() => onChange({ from: day, to: null })}>
            {label}
          </Button>
        ))}
      </span>
      <label className="grid gap-0.5 text-muted text-xs">
        First day
        <input type="date" value={from} onChange={({ target }) => setFrom(target.value)} className={FIELD} />
      </label>
      <label className="grid gap-0.5 text-muted text-xs">
        Last day
        <input type="date" value={to} onChange={({ target }) => setTo(target.value)} className={FIELD} />
      </label>
    </EditorForm>
  );
}
