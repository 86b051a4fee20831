import type { Client } from 'pg';
import { brokenEvent } from '@/lib/audit/broken-event';
import { reconcileRows } from '@/lib/audit/reconcile-rows';
import { Refusal } from '@/lib/domain/refusal';
import { bothVerdicts, type RowDifference, type RowsVerdict, rowsSentence } from '@/lib/domain/row-difference';
import { recordsThatDiffer } from '@/lib/mirror/reconcile-records';

/**
 * Compares the rows that this snapshot sees with the log, those of one case with its record, or all of them. Throws a Refusal `conflict` that names the first
 * difference: an export must not state as true what the log contradicts.
 */
export async function requireReconciled(client: Client, which: { verificationId?: number } = {}): Promise<void> {
  const rows = await reconcileRows(client, which);
  const { verificationId } = which;
  refuse(verificationId === undefined ? rows : bothVerdicts(rows, verdictOf(await recordsThatDiffer(client, [verificationId]))));
}

/** Throws the same for the first of these records whose row in the index is not what its own text comes to. */
export async function requireRecords(client: Client, ids: readonly number[]): Promise<void> {
  refuse(verdictOf(await recordsThatDiffer(client, ids)));
}

/** Events hashed once more before an export of the log is offered: about a second and a half of them. */
const HASHED_MAX = 100_000;

/**
 * Hashes the events of a range as they are in the database and throws the same for the first that is not what was recorded. Returns false,
 * without looking at any, for more events than that: hashing a million takes longer than writing them.
 */
export async function requireHashed(client: Client, { first, last }: { first: number; last: number }): Promise<boolean> {
  if (last - first >= HASHED_MAX) return false;
  await client.query('SET LOCAL enable_sort = on; SET LOCAL enable_hashjoin = on');
  const broken = await brokenEvent(client, { from: first, to: last });
  refuse({ first: broken, differences: broken ? 1 : 0 });
  return true;
}

const verdictOf = (found: RowDifference[]): RowsVerdict => ({ first: found[0] ?? null, differences: found.length });

function refuse(verdict: RowsVerdict): void {
  if (!verdict.first) return;
  throw new Refusal(
    'conflict',
    `Nothing was exported, because the console’s data differs from the audit log. ${rowsSentence(verdict)} Ask an administrator to run npm run audit:verify.`,
  );
}
