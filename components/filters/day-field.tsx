import { dayNamedBy, daysBack } from '@/lib/domain/day-span';
import { useDayZone, useTimeZone } from '../ui/time-zone';
import { countedText } from './days-text';

const LOOK = 'h-8 rounded-md border border-line-strong bg-bg px-2 text-sm text-text max-sm:w-full max-sm:min-w-0';

export interface DayFieldProps {
  label: string;
  /** As the address names it: a day, a day counted from the present one, or an instant, which is shown as its day. Empty for none. */
  value: string;
  /** Receives a day, or the empty text. */
  onChange: (day: string) => void;
}

/** Asks for a day of the organisation's calendar and names its time zone. */
export function DayField({ label, value, onChange }: DayFieldProps) {
  const zone = useTimeZone();
  const back = daysBack(value);
  return (
    <label className="grid gap-0.5 text-muted text-xs max-sm:w-full">
      <span>
        {label} ({useDayZone()}){back !== null && ` · ${countedText(back)}`}
      </span>
      <input
        type="date"
        value={dayNamedBy(value, { zone, now: Date.now() }) ?? ''}
        onChange={({ target }) => onChange(target.value)}
        className={LOOK}
      />
    </label>
  );
}
