import { type Actor, can } from '@/lib/domain/actor';
import type { Notice } from '@/lib/domain/notice';
import { witnessState } from './witness';

const LATE_MS = 600_000;

/** Returns an alarm while the witness was not told of a signed head for ten minutes, or took heads that the folder does not hold. For those who may read the log. */
export async function witnessNotice(actor: Actor, now = Date.now()): Promise<Notice[]> {
  if (!can(actor, 'audit.read')) return [];
  const state = await witnessState();
  if (state === null) return [];
  const link = { severity: 'alarm', href: '/settings/audit-log', linkText: 'Signing of the audit log' } as const;
  if (state.ahead)
    return [
      {
        ...link,
        id: 'witness-ahead',
        text: 'The record of what the witness took lies ahead of the folder of the signed heads. Either the folder lost its newest heads or the record was changed: compare the folder with the heads that the witness holds.',
      },
    ];
  // After a start the jobs need a moment for what was signed before it.
  const since = state.behindSince === null ? null : Math.max(state.behindSince, Date.now() - process.uptime() * 1000);
  if (since === null || now - since < LATE_MS) return [];
  return [
    {
      ...link,
      id: 'witness-behind',
      text: `The witness was not told of a signed head for ten minutes or more. ${state.failure ?? 'Check that the jobs run.'}`,
    },
  ];
}
