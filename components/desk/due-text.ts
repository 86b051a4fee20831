const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How far off a moment is, in its largest unit: "in 3 h", "2 d ago", "now". */
export function dueText(dueAt: number, now: number): string {
  const off = Math.abs(dueAt - now);
  if (off < MINUTE_MS) return 'now';
  const span =
    off < HOUR_MS
      ? `${Math.floor(off / MINUTE_MS)} min`
      : off < 2 * DAY_MS
        ? `${Math.floor(off / HOUR_MS)} h`
        : `${Math.floor(off / DAY_MS)} d`;
  return dueAt > now ? `in ${span}` : `${span} ago`;
}
