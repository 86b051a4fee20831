import type { Client } from 'pg';
import { brokenEvent } from '@/lib/audit/broken-event';
import { reconcileRows } from '@/lib/audit/reconcile-rows';
import { Refusal } from '@/lib/domain/refusal';
import { type RowsVerdict, rowsSentence } from '@/lib/domain/row-difference';

/**
 * Compares the rows that this snapshot sees with the log, those of one case or all of them. Throws a Refusal `conflict` that names the first
 * difference: an export must not state as true what the log contradicts.
 */
export async function requireReconciled(client: Client, which: { verificationId?: number } = {}): Promise<void> {
  requireNoDifference(await reconcileRows(client, which));
}

/**
 * Hashes the events of the range as this snapshot sees them, with their payloads. Throws a Refusal `conflict` that names the first which is not
 * what was recorded.
 */
export async function requireUnbroken(client: Client, range: { from: number; to: number }): Promise<void> {
  const first = await brokenEvent(client, range);
  requireNoDifference({ first, differences: first ? 1 : 0 });
}

function requireNoDifference(verdict: RowsVerdict): void {
  if (!verdict.first) return;
  throw new Refusal(
    'conflict',
    `Nothing was exported, because the console’s data differs from the audit log. ${rowsSentence(verdict)} Ask an administrator to run npm run audit:verify.`,
  );
}
