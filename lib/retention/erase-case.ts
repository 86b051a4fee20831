import { z } from 'zod';
import { appendAuditEvent } from '@/lib/audit/append';
import { BOUND_TABLE_NAMES, type BoundRow } from '@/lib/audit/bound-rows';
import { erasePayloads } from '@/lib/audit/erase-payloads';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { groundsOf } from '@/lib/domain/audit-kinds/grounds';
import type { ChangeAuthority } from '@/lib/domain/change/agreed-change';
import type { ErasureRule } from '@/lib/domain/retention';
import { ERASED_TEXT } from '@/lib/domain/retention';
import { endExportsHolding } from '@/lib/export/expire-exports';
import { eraseNamed, namedElsewhere, recordArchived } from './named-elsewhere';
import { recordKept } from './named-in-reasons';

/** One case of a run, and under what it is erased. */
export interface CaseErasure {
  id: number;
  runId: string;
  rule: ErasureRule;
  reason: string;
  policyVersion: number;
  retentionDays: number;
  /** The change a second person agreed to; null when the time of the case is over. */
  under: ChangeAuthority | null;
}

/**
 * Erases one case within the caller's transaction: its texts, kept copies and what the index knows of the person, the filters and saved
 * views that name them (`namedElsewhere`), then the details of all these events, and last the event that says so. The database refuses it
 * for a case on hold or, by the rule RETENTION, before its time; then nothing is erased. Returns the exports that were ended because
 * they may hold the case: their files go once this is committed.
 */
export async function eraseCase(tx: Prisma.TransactionClient, actor: Actor, erasure: CaseErasure): Promise<string[]> {
  const { id, runId, rule, reason, policyVersion, retentionDays, under } = erasure;
  const subject = `verification:${id}`;
  const exports = await endExportsHolding(tx, id);
  const [bulk, lifts, named] = [await bulkEventsOf(tx, id), await holdLiftsOf(tx, id), await namedElsewhere([id], tx)];
  // Read by the trigger on the tombstone, which console.erase_case writes.
  await tx.$executeRaw`SELECT set_config('second_look.change_id', ${under?.changeId ?? ''}, true)`;
  const [row] = await tx.$queryRaw<{ counts: Record<string, number> }[]>`
    SELECT console.erase_case(${runId}::uuid, ${BigInt(id)}::bigint, ${rule}, ${reason}, ${policyVersion}::int, ${actor.id}::uuid, ${actor.name})
      AS counts`;
  await eraseNamed(tx, named);
  const events = await tx.auditEvent.findMany({
    // What says that something was erased is the proof, and stays.
    where: { subject, action: { notIn: ['case.erased', 'payload.erased'] } },
    select: { seq: true },
  });
  const seqs = [...[...events, ...bulk, ...lifts.events].map(({ seq }) => Number(seq)), ...named.events];
  await erasePayloads(tx, actor, { subject, seqs, reason: RULE_SAYS[rule] });
  await recordKept(tx, actor, named.reasons);
  const counts = { ...row?.counts, exportFilters: named.exports.length, savedViews: named.views.length };
  const rows = boundRow.array().parse(await tx.$queryRaw<unknown[]>`SELECT * FROM console.bound_rows_of_case(${BigInt(id)}::bigint)`);
  await appendAuditEvent(
    tx,
    actor,
    {
      action: 'case.erased',
      subject,
      data: { runId, rule, reason, policyVersion, retentionDays, counts, ...groundsOf(actor, under) },
    },
    // Their earlier bindings went with the payloads, and their texts changed.
    unique([...named.rows, ...rows, ...lifts.rows]),
  );
  await recordArchived(tx, actor, named);
  await exports.record(actor, (exportId, query) => (named.exports.includes(exportId) ? ERASED_TEXT : query));
  return exports.ids;
}

function unique(rows: readonly BoundRow[]): BoundRow[] {
  return [...new Map(rows.map((row) => [`${row.table} ${row.id}`, row])).values()];
}

const boundRow = z.object({ table: z.enum(BOUND_TABLE_NAMES), id: z.string() });

// The search behind a bulk act may name a person; it stands in the act's event as well.
function bulkEventsOf(tx: Prisma.TransactionClient, id: number): Promise<{ seq: bigint }[]> {
  return tx.$queryRaw`
    SELECT e.seq FROM console.batch AS b JOIN console.audit_event AS e ON e.subject = 'batch:' || b.id
    WHERE b.query IS NOT NULL AND console.touched_by_batch(b, ${BigInt(id)}::bigint)`;
}

/** The proposals to lift a hold on the case, which say why: their events, and the rows that are written anew without it. */
async function holdLiftsOf(tx: Prisma.TransactionClient, id: number): Promise<{ events: { seq: bigint }[]; rows: BoundRow[] }> {
  const changes = await tx.$queryRaw<{ id: string; answered: boolean }[]>`
    SELECT c.id::text, EXISTS (SELECT FROM console.change_verdict AS v WHERE v.change_id = c.id) AS answered
    FROM console.proposed_change AS c WHERE c.kind = 'HOLD_LIFT' AND c.payload -> 'ids' @> to_jsonb(${BigInt(id)}::bigint)`;
  const events = await tx.auditEvent.findMany({
    where: { subject: { in: changes.map((change) => `change:${change.id}`) }, action: { notIn: ['change.took-effect', 'change.lapsed'] } },
    select: { seq: true },
  });
  const rows = changes.flatMap((change): BoundRow[] => [
    { table: 'proposed_change', id: change.id },
    ...(change.answered ? [{ table: 'change_verdict' as const, id: change.id }] : []),
  ]);
  return { events, rows };
}

const RULE_SAYS: Record<ErasureRule, string> = {
  RETENTION: 'The time of the case was over.',
  REQUEST: 'Somebody with a right to it asked.',
};
