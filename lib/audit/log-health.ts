import type { LogStop } from '@/lib/domain/log-stop';
import { logState } from './log-state';

/** What a health check says of the audit log: words only, nothing of its content. */
export interface LogHealth {
  signing: 'on' | 'late' | 'stopped' | 'unknown';
  /** Null while it is signed, and while nobody knows. */
  reason: LogStop | 'late' | null;
  appends: 'open' | 'closed' | 'unknown';
}

/** Returns the state of the audit log in words; `unknown` while the database does not answer. */
export async function logHealth(): Promise<LogHealth> {
  const state = await logState().catch(() => null);
  if (!state) return { signing: 'unknown', reason: null, appends: 'unknown' };
  return { signing: state.signing, reason: state.kind, appends: state.open ? 'open' : 'closed' };
}
