import { addDays, type Calendar, momentOn, today, weekdayOf } from '@/lib/domain/calendar-day';

/** A moment a case can sleep until. `until` is milliseconds since 1970. */
export interface SnoozeTime {
  label: string;
  until: number;
}

const HOUR_MS = 3_600_000;
const MORNING_MINUTES = 9 * 60;
const MONDAY = 1;

/** The usual choices by the organisation's clock. Pure. */
export function snoozeTimes({ zone, now }: Calendar): SnoozeTime[] {
  const present = today({ zone, now });
  const morning = (days: number) => momentOn(addDays(present, days), MORNING_MINUTES, zone);
  const daysToMonday = (MONDAY + 7 - weekdayOf(present)) % 7 || 7;
  return [
    { label: 'In one hour', until: now + HOUR_MS },
    { label: 'In four hours', until: now + 4 * HOUR_MS },
    { label: 'Tomorrow morning', until: morning(1) },
    // On a Sunday that is tomorrow.
    ...(daysToMonday === 1 ? [] : [{ label: 'Monday morning', until: morning(daysToMonday) }]),
  ];
}
