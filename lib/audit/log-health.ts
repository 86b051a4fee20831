import type { LogStop } from '@/lib/domain/log-stop';
import { lastComparison } from './last-comparison';
import { logState } from './log-state';

/** What a health check says of the audit log: words only, nothing of its content. */
export interface LogHealth {
  signing: 'on' | 'late' | 'stopped' | 'unknown';
  /** Null while it is signed, and while nobody knows. */
  reason: LogStop | 'late' | null;
  appends: 'open' | 'closed' | 'unknown';
  /** The last comparison of every row and record with the log; null while there was none, and while nobody knows. */
  compared: { at: number; differences: number } | null;
}

/** Returns the state of the audit log in words; `unknown` while the database does not answer. */
export async function logHealth(): Promise<LogHealth> {
  const state = await logState().catch(() => null);
  const last = state && (await lastComparison().catch(() => null));
  const compared = last && last.at !== null ? { at: last.at, differences: last.differences } : null;
  if (!state) return { signing: 'unknown', reason: null, appends: 'unknown', compared };
  return { signing: state.signing, reason: state.kind, appends: state.open ? 'open' : 'closed', compared };
}
