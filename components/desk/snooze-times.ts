/** A moment a case can sleep until. `until` is milliseconds since 1970. */
export interface SnoozeTime {
  label: string;
  until: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MORNING_HOUR = 9;

/** The usual choices, in the reader's own zone. Pure but for the zone. */
export function snoozeTimes(now: number): SnoozeTime[] {
  const morning = (days: number) => {
    const day = new Date(now + days * DAY_MS);
    day.setHours(MORNING_HOUR, 0, 0, 0);
    return day.getTime();
  };
  const daysToMonday = (8 - new Date(now).getDay()) % 7 || 7;
  return [
    { label: 'In one hour', until: now + HOUR_MS },
    { label: 'In four hours', until: now + 4 * HOUR_MS },
    { label: 'Tomorrow morning', until: morning(1) },
    { label: 'Monday morning', until: morning(daysToMonday) },
  ];
}
