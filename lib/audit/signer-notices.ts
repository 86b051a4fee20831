import { type Actor, can } from '@/lib/domain/actor';
import type { Notice } from '@/lib/domain/notice';
import { type LogState, logState } from './log-state';

/** Returns an alarm while the log is not signed, and one while it takes no events. The reason is for those who may read the log. */
export async function signerNotices(actor: Actor): Promise<Notice[]> {
  const state = await logState();
  if (state.reason === null && state.open) return [];
  const reader = can(actor, 'audit.read');
  return [{ id: `audit-log-${state.kind ?? 'closed'}-${state.open}`, severity: 'alarm', text: textOf(state, reader), ...(reader && LINK) }];
}

const LINK = { href: '/settings/audit-log', linkText: 'Signing of the audit log' };

function textOf({ open, reason, signing }: LogState, reader: boolean): string {
  if (!open && !reader)
    return 'Nothing can be recorded at the moment, so every change is refused. Keep what you typed and tell an administrator.';
  if (!reader) return 'The audit log is no longer signed. Tell an administrator; you can go on working.';
  const what = !open
    ? 'The audit log takes no events.'
    : signing === 'late'
      ? 'The audit log is not signed.'
      : 'The audit log is no longer signed.';
  return `${what} ${reason ?? 'Declare the restore with npm run audit:restored.'}`;
}
