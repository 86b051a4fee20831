import type { Client } from 'pg';
import { z } from 'zod';
import { alteredFunctions } from '@/lib/audit/altered-schema';
import { brokenEvent } from '@/lib/audit/broken-event';
import { reconcileRows } from '@/lib/audit/reconcile-rows';
import { Refusal } from '@/lib/domain/refusal';
import { bothVerdicts, type RowDifference, type RowsVerdict, rowsSentence } from '@/lib/domain/row-difference';
import { recordsThatDiffer } from '@/lib/mirror/reconcile-records';
import { recordsOutside } from '@/lib/mirror/records-outside';
import { lastComparisonSentence } from './last-comparison-sentence';

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

/**
 * Compares the records that a filter left out with their own text, and throws the same for the first that differs: a forged column or tag
 * would keep its record out of the file. Returns sentences for the manifest on what could not be compared.
 */
export async function requireRecordsOutside(client: Client, inside: ReadonlySet<number>): Promise<string[]> {
  const { found, notCompared, madeBefore } = await recordsOutside(client, inside);
  refuse(verdictOf(found));
  const tooMany = `${notCompared.toLocaleString('en-GB')} records outside the filter were not compared with their own text for this export, because there are too many.`;
  const earlier = `Columns and tags of ${madeBefore.toLocaleString('en-GB')} records were made by an earlier version of the console and were not compared with their text; the sync makes them anew.`;
  return [
    ...(notCompared > 0 ? [`${tooMany} ${await lastComparisonSentence(client, 'compared every record')}`] : []),
    ...(madeBefore > 0 ? [earlier] : []),
  ];
}

const unindexed = z.array(z.object({ count: z.coerce.number(), first: z.string().nullable() })).length(1);

/** Returns a sentence for the manifest when the console holds entries on cases of which the index has no record, so that no export of records has them. */
export async function casesWithoutRecord(client: Client): Promise<string[]> {
  const { rows } = await client.query(`SELECT count(DISTINCT k.verification_id) AS count, min(k.verification_id)::text AS first
    FROM console.bound_rows() AS k WHERE k.verification_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM console.record AS r WHERE r.verification_id = k.verification_id)`);
  const [{ count, first } = { count: 0, first: null }] = unindexed.parse(rows);
  if (count === 0) return [];
  const cases = count === 1 ? `1 case, ${first},` : `${count.toLocaleString('en-GB')} cases, the first of them ${first},`;
  return [`The console holds entries on ${cases} whose record is not in the index, so it is not in here.`];
}

/** Events hashed once more before an export of the log is offered: about a second and a half of them. */
const HASHED_MAX = 100_000;

/**
 * Hashes the events of a range as they are in the database and throws the same for the first that is not what was recorded, and
 * for a function of the database that is not what the migrations make. Returns false,
 * without looking at any, for more events than that: hashing a million takes longer than writing them.
 */
export async function requireHashed(client: Client, { first, last }: { first: number; last: number }): Promise<boolean> {
  const [blind] = await alteredFunctions(client);
  refuse({ first: blind ?? null, differences: blind ? 1 : 0 });
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
