import { randomUUID } from 'node:crypto';
import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { groundsOf } from '@/lib/domain/audit-kinds/grounds';
import { type ChangeAuthority, requireAgreedChange } from '@/lib/domain/change/agreed-change';
import type { PersonMarks } from '@/lib/domain/person';
import { Refusal } from '@/lib/domain/refusal';
import { type ErasureInput, erasureObstacle, involvementObstacle } from '@/lib/domain/retention';
import { calendarNow } from '@/lib/env';
import { removeEnded } from '@/lib/export/expire-exports';
import { onCase } from '@/lib/review/on-case';
import { currentPolicy } from '@/lib/review/policies';
import { requireReviewer } from '@/lib/review/require-reviewer';
import { decidersOf } from './deciders';
import { eraseCase } from './erase-case';
import { requireNameless } from './require-nameless';
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
 * moment. `confirm` is the number of different cases, typed by hand; `under` is the change a second person agreed to, without which
 * nothing is erased by request. Throws a Refusal `forbidden` or `unprocessable`.
 */
export async function eraseCases(
  actor: Actor,
  { ids, rule, reason, confirm }: ErasureInput,
  under: ChangeAuthority | null = null,
): Promise<ErasureResult> {
  requireReviewer(actor, 'retention.manage');
  const asked = [...new Set(ids)];
  requireTyped(confirm, asked.length);
  await requireNameless(db(), asked, { text: reason, field: 'reason' });
  if (rule === 'REQUEST') requireAgreedChange(actor, { kind: 'ERASURE', ids: asked }, under);
  const runId = randomUUID();
  const result: ErasureResult = { runId, erased: [], refused: [], exports: 0 };
  for (const id of asked) {
    let ended: string[] = [];
    const erase = async (tx: Prisma.TransactionClient) => {
      const [[facts], { version, settings }] = await Promise.all([retentionFacts([id], tx), currentPolicy(tx)]);
      if (!facts) return 'There is nothing to erase.';
      const { retentionDays } = settings;
      const involved = rule === 'REQUEST' ? involvementObstacle(await decidersIn(tx, id), await peopleBehind(tx, actor, under)) : null;
      const found = erasureObstacle(facts, rule, retentionDays, calendarNow()) ?? involved;
      if (found === null) ended = await eraseCase(tx, actor, { id, runId, rule, reason, policyVersion: version, retentionDays, under });
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
      data: { runId, rule, erased: result.erased.length, refused: result.refused.length, ...groundsOf(actor, under) },
    }),
  );
  return result;
}

const decidersIn = async (tx: Prisma.TransactionClient, id: number) => (await decidersOf([id], tx)).get(id) ?? [];

/** Who asked for an erasure and who agreed to it. */
async function peopleBehind(tx: Prisma.TransactionClient, actor: Actor, under: ChangeAuthority | null): Promise<PersonMarks[]> {
  const { id, email, oidcSubject } = await tx.user.findUniqueOrThrow({ where: { id: actor.id } });
  const second = under && (await tx.changeVerdict.findUnique({ where: { changeId: under.changeId } }));
  return [{ id, email, oidcSubject }, ...(second ? [{ id: second.byId, email: second.byEmail, oidcSubject: second.bySubject }] : [])];
}

/** Throws the Refusal `unprocessable` unless the number typed is that of the cases. */
export function requireTyped(typed: number, cases: number): void {
  if (typed === cases) return;
  throw new Refusal('unprocessable', `Type the number of cases, ${cases}, to confirm.`, { field: 'confirm' });
}
