export type DueState = 'ok' | 'soon' | 'overdue';

const HOUR_MS = 3_600_000;
/** A case is due soon once less than this share of its time is left. */
const SOON_SHARE = 0.25;

/** When a case is due, in milliseconds since 1970; null for one whose time of arrival is unknown. */
export function dueAt(receivedAt: number | null, slaHours: number): number | null {
  return receivedAt === null ? null : receivedAt + slaHours * HOUR_MS;
}

/** How a case stands against the hours it may take. Nobody knows when an unknown arrival was, so that counts as overdue. */
export function dueState(receivedAt: number | null, slaHours: number, now: number): DueState {
  const due = dueAt(receivedAt, slaHours);
  if (due === null || now >= due) return 'overdue';
  return due - now < slaHours * HOUR_MS * SOON_SHARE ? 'soon' : 'ok';
}
