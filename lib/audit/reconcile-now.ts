import { db } from '@/lib/db/client';
import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import { bothVerdicts, type RowsVerdict, rowsSentence } from '@/lib/domain/row-difference';
import { appendAuditEvent } from './append';
import { keepComparison } from './folder-marks';
import { reconcileStoredRows } from './reconcile-rows';

/**
 * Compares every row with the log, and what `others` compares, keeps what that found for the screens, in the folder of the signed heads and in the database, and records it. Throws when the
 * database cannot be read.
 */
export async function reconcileNow(others: () => Promise<RowsVerdict>): Promise<RowsVerdict> {
  const verdict = bothVerdicts(await reconcileStoredRows(), await others());
  const { first, differences } = verdict;
  const found = { at: new Date(), differences, sentence: first ? rowsSentence(verdict) : null };
  keepComparison({ ...found, at: found.at.toISOString() });
  // On its own: also a log that takes no events must not keep a difference from the screens.
  await db().reconciliation.upsert({ where: { id: 1 }, create: { id: 1, ...found }, update: found });
  await db().$transaction((tx) =>
    appendAuditEvent(tx, SYSTEM_ACTOR, { action: 'rows.reconciled', subject: 'log:rows', data: { first, differences } }),
  );
  return verdict;
}
