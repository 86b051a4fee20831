import type { Client } from 'pg';
import { reconcileRows } from '@/lib/audit/reconcile-rows';
import { Refusal } from '@/lib/domain/refusal';
import { rowsSentence } from '@/lib/domain/row-difference';

/**
 * Compares the rows that this snapshot sees with the log, those of one case or all of them. Throws a Refusal `conflict` that names the first
 * difference: an export must not state as true what the log contradicts.
 */
export async function requireReconciled(client: Client, which: { verificationId?: number } = {}): Promise<void> {
  const verdict = await reconcileRows(client, which);
  if (!verdict.first) return;
  throw new Refusal(
    'conflict',
    `Nothing was exported, because the console’s data differs from the audit log. ${rowsSentence(verdict)} Ask an administrator to run npm run audit:verify.`,
  );
}
