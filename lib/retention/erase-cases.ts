import { randomUUID } from 'node:crypto';
import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import { type ErasureInput, erasureObstacle } from '@/lib/domain/retention';
import { removeEnded } from '@/lib/export/expire-exports';
import { onCase } from '@/lib/review/on-case';
import { currentPolicy } from '@/lib/review/policies';
import { requireReviewer } from '@/lib/review/require-reviewer';
import { eraseCase } from './erase-case';
import { retentionFacts } from './retention-facts';

/** What an erasure did to each case it was asked for. */
export interface ErasureResult {
  runId: string;
  erased: number[];
  refused: { id: number; message: string }[];
  /** How many exports lost their file with them. */
  exports: number;
}

/**
 * Erases what was written about cases and leaves the proof: each case by itself, whole or not at all, looked at again at that
 * moment. `confirm` is the number of different cases, typed by hand. Throws a Refusal `forbidden` or `unprocessable`.
 */
export async function eraseCases(actor: Actor, { ids, rule, reason, confirm }: ErasureInput): Promise<ErasureResult> {
  requireReviewer(actor, 'retention.manage');
  const asked = [...new Set(ids)];
  requireTyped(confirm, asked.length);
  const runId = randomUUID();
  const result: ErasureResult = { runId, erased: [], refused: [], exports: 0 };
  for (const id of asked) {
    let ended: string[] = [];
    const erase = async (tx: Prisma.TransactionClient) => {
      const [[facts], { version, settings }] = await Promise.all([retentionFacts([id], tx), currentPolicy(tx)]);
      if (!facts) return 'There is nothing to erase.';
      const { retentionDays } = settings;
      const found = erasureObstacle(facts, rule, retentionDays, Date.now());
      if (found === null) ended = await eraseCase(tx, actor, { id, runId, rule, reason, policyVersion: version, retentionDays });
      return found;
    };
    const obstacle = await onCase(id, erase, { erasedToo: true });
    await removeEnded(ended);
    result.exports += ended.length;
    if (obstacle === null) result.erased.push(id);
    else result.refused.push({ id, message: obstacle });
  }
  await db().$transaction((tx) =>
    appendAuditEvent(tx, actor, {
      action: 'erasure.run',
      subject: `erasure:${runId}`,
      data: { runId, rule, erased: result.erased.length, refused: result.refused.length },
    }),
  );
  return result;
}

/** Throws the Refusal `unprocessable` unless the number typed is that of the cases. */
export function requireTyped(typed: number, cases: number): void {
  if (typed === cases) return;
  throw new Refusal('unprocessable', `Type the number of cases, ${cases}, to confirm.`, { field: 'confirm' });
}
