import { z } from 'zod';
import { appendAuditEvent } from '@/lib/audit/append';
import { BOUND_TABLE_NAMES, type BoundRow } from '@/lib/audit/bound-rows';
import { erasePayloads } from '@/lib/audit/erase-payloads';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { ERASED_TEXT } from '@/lib/domain/person-names';
import type { ErasureRule } from '@/lib/domain/retention';
import { endExportsHolding } from '@/lib/export/expire-exports';
import { eraseNamed, namedElsewhere, recordArchived } from './named-elsewhere';

/** One case of a run, and under what it is erased. */
export interface CaseErasure {
  id: number;
  runId: string;
  rule: ErasureRule;
  reason: string;
  policyVersion: number;
  retentionDays: number;
}

/**
 * Erases one case within the caller's transaction: its texts, kept copies and what the index knows of the person, the filters and saved
 * views that name them (`namedElsewhere`), then the details of all these events, and last the event that says so. The database refuses it
 * for a case on hold or, by the rule RETENTION, before its time; then nothing is erased. Returns the exports that were ended because
 * they may hold the case: their files go once this is committed.
 */
export async function eraseCase(tx: Prisma.TransactionClient, actor: Actor, erasure: CaseErasure): Promise<string[]> {
  const { id, runId, rule, reason, policyVersion, retentionDays } = erasure;
  const subject = `verification:${id}`;
  const exports = await endExportsHolding(tx, id);
  const bulk = await bulkEventsOf(tx, id);
  const named = await namedElsewhere([id], tx);
  const [row] = await tx.$queryRaw<{ counts: Record<string, number> }[]>`
    SELECT console.erase_case(${runId}::uuid, ${BigInt(id)}::bigint, ${rule}, ${reason}, ${policyVersion}::int, ${actor.id}::uuid, ${actor.name})
      AS counts`;
  await eraseNamed(tx, named);
  const events = await tx.auditEvent.findMany({
    // What says that something was erased is the proof, and stays.
    where: { subject, action: { notIn: ['case.erased', 'payload.erased'] } },
    select: { seq: true },
  });
  const seqs = [...[...events, ...bulk].map(({ seq }) => Number(seq)), ...named.events];
  await erasePayloads(tx, actor, { subject, seqs, reason: RULE_SAYS[rule] });
  const counts = { ...row?.counts, exportFilters: named.exports.length, savedViews: named.views.length };
  const rows = boundRow.array().parse(await tx.$queryRaw<unknown[]>`SELECT * FROM console.bound_rows_of_case(${BigInt(id)}::bigint)`);
  await appendAuditEvent(
    tx,
    actor,
    { action: 'case.erased', subject, data: { runId, rule, reason, policyVersion, retentionDays, counts } },
    // Their earlier bindings went with the payloads, and their texts changed.
    unique([...named.rows, ...rows]),
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

const RULE_SAYS: Record<ErasureRule, string> = {
  RETENTION: 'The time of the case was over.',
  REQUEST: 'Somebody with a right to it asked.',
};
