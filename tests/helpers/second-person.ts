import { answerChange } from '@/lib/changes/answer-change';
import type { StoredChange } from '@/lib/changes/stored-change';
import { submitPolicy } from '@/lib/changes/submit-policy';
import { submitErasure, submitHold } from '@/lib/changes/submit-retention';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { ChangeView } from '@/lib/domain/change/change-view';
import type { Policy, PolicyInput } from '@/lib/domain/policy';
import { Refusal } from '@/lib/domain/refusal';
import { currentPolicy } from '@/lib/review/policies';
import { bindRow } from './recorded';

/** The first person submits a change and the second one agrees to it, where it takes two. */
export interface Pair {
  first: Actor;
  second: Actor;
}

type Refused = { id: number; message: string }[];

/** Agrees to a change that waits; what did not take effect fails the test. */
export async function agree(second: Actor, change: ChangeView | null): Promise<StoredChange> {
  if (!change) throw new Error('Nothing waits for a second person.');
  const stored = await answerChange(second, change.id, { agrees: true, comment: '' });
  if (!stored.effect?.tookEffect) throw new Error(`The change did not take effect: ${stored.effect?.outcome ?? 'not yet'}`);
  return stored;
}

/** Writes down that a second person agreed and stops there, as a process does that dies before the change takes effect. */
export async function agreeOnly(second: Actor, { id: changeId }: ChangeView): Promise<void> {
  const by = { byId: second.id, byName: second.name, byEmail: second.email };
  await db().$transaction(async (tx) => {
    await tx.changeVerdict.create({ data: { changeId, verdict: 'AGREED', comment: '', ...by } });
    await bindRow(tx, 'change_verdict', changeId);
  });
}

/** Publishes a policy, with the second person where it weakens a control. */
export async function publishPolicy({ first, second }: Pair, input: PolicyInput): Promise<Policy> {
  const submitted = await submitPolicy(first, input);
  if ('change' in submitted) await agree(second, submitted.change);
  return currentPolicy();
}

/** Erases cases by request, with a second person. What cannot be proposed is told as refused. */
export async function eraseByRequest(
  { first, second }: Pair,
  ids: number[],
  reason: string,
): Promise<{ erased: number[]; refused: Refused }> {
  const submitted = await submitErasure(first, { ids, rule: 'REQUEST', reason, confirm: ids.length }).catch(refusedOf);
  if (!('change' in submitted)) return { erased: [], refused: 'refused' in submitted ? submitted.refused : [] };
  const { id } = await agree(second, submitted.change);
  const rows = await db().erasure.findMany({ where: { changeId: id }, orderBy: { verificationId: 'asc' } });
  return { erased: rows.map(({ verificationId }) => Number(verificationId)), refused: submitted.refused };
}

/** Lifts the legal hold of cases, with a second person. */
export async function liftHold({ first, second }: Pair, ids: number[], reason: string): Promise<void> {
  const submitted = await submitHold(first, { ids, held: false, reason, confirm: ids.length });
  if ('change' in submitted) await agree(second, submitted.change);
}

/** Moves a change back in time, as if it had waited for so many hours. */
export async function waitHours(id: string, hours: number): Promise<void> {
  await asOwner(
    `UPDATE console.proposed_change SET proposed_at = proposed_at - ${hours} * interval '1 hour',
      takes_effect_at = takes_effect_at - ${hours} * interval '1 hour' WHERE id = '${id}'`,
  );
}

/** Changes rows of `proposed_change` as the owner of the tables can, past every trigger. */
export function asOwner(sql: string): Promise<void> {
  return onTable('proposed_change', sql);
}

/** Changes rows of a table as its owner can, past every trigger; afterwards each fires always again. */
export async function onTable(table: string, sql: string): Promise<void> {
  const triggers = await db().$queryRaw<{ name: string }[]>`
    SELECT quote_ident(tgname) AS name FROM pg_trigger WHERE tgrelid = format('console.%I', ${table}::text)::regclass AND NOT tgisinternal`;
  await db().$executeRawUnsafe(`ALTER TABLE console."${table}" DISABLE TRIGGER USER`);
  await db().$executeRawUnsafe(sql);
  for (const { name } of triggers) await db().$executeRawUnsafe(`ALTER TABLE console."${table}" ENABLE ALWAYS TRIGGER ${name}`);
}

function refusedOf(failure: unknown): { refused: Refused } {
  const refused = failure instanceof Refusal ? failure.details?.refused : undefined;
  if (!Array.isArray(refused)) throw failure;
  return { refused: refused.map(({ id, message }) => ({ id: Number(id), message: String(message) })) };
}
