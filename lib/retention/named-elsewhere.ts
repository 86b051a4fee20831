import { z } from 'zod';
import { appendAuditEvent } from '@/lib/audit/append';
import { BOUND_TABLE_NAMES, type BoundRow } from '@/lib/audit/bound-rows';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { ERASED_TEXT, namesInFilter, namesPerson, type PersonNames, textsWithin } from '@/lib/domain/person-names';
import { type BorneNames, namesBorneBy, namesOfNobodyElse } from './person-names';

/** Where the people of some cases are named beside these cases: filters and views that somebody typed, and the events that repeat them. */
export interface NamedElsewhere {
  /** Ids of exports whose filter names one of them. */
  exports: string[];
  /** Saved views whose filter or name does, personal ones too. */
  views: { id: string; name: string; shared: boolean; archived: boolean }[];
  /** Numbers of the events whose details do. */
  events: number[];
  /** The rows those events bind, which have to be bound anew once their details are gone. */
  rows: BoundRow[];
}

const NOWHERE: NamedElsewhere = { exports: [], views: [], events: [], rows: [] };

const boundRows = z.object({ rows: z.array(z.object({ table: z.enum(BOUND_TABLE_NAMES), id: z.string() })).catch([]) });
const view = z.object({ id: z.string(), name: z.string(), query: z.string(), shared: z.boolean(), archived: z.boolean() });
const event = z.object({ seq: z.coerce.number().int(), subject: z.string(), data: z.string() });

/**
 * Finds everything beside these cases that names their people and nobody else: by a tag that no other record bears, or by part of a
 * file's name. Call it before the cases are erased: it reads the names from the index. The numbers of cases are no names; they stay
 * in the log as in the proof of the erasure. What it cannot find is a name that stands in no tag and no file name, and one typed later.
 */
export async function namedElsewhere(ids: readonly number[], tx: Prisma.TransactionClient = db()): Promise<NamedElsewhere> {
  const borne = await namesBorneBy(tx, ids);
  if (borne.tags.length === 0 && borne.files.length === 0) return NOWHERE;
  const [exports, views, events] = await Promise.all([
    tx.$queryRaw<
      { id: string; query: string }[]
    >`SELECT id::text, query FROM console.export WHERE query NOT IN ('', console.erased_text())`,
    tx.$queryRaw<unknown[]>`
      SELECT id::text, name, query, shared, archived_at IS NOT NULL AS archived FROM console.saved_view WHERE query <> console.erased_text()`,
    eventsWithFilters(tx, borne),
  ]);
  const knownViews = view.array().parse(views);
  const said = events.map((one) => ({ ...one, texts: textsWithin(dataOf(one.data)) }));
  const asked = [...exports, ...knownViews].map(({ query }) => query).concat(said.flatMap(({ texts }) => texts));
  const texts = [...new Set(asked.flatMap((query) => namesInFilter(query).texts))].filter((text) =>
    borne.files.some((file) => file.includes(text)),
  );
  const names = await namesOfNobodyElse(tx, ids, { tags: borne.tags, texts });
  return naming(names, exports, knownViews, said);
}

function naming(
  names: PersonNames,
  exports: readonly { id: string; query: string }[],
  views: readonly z.infer<typeof view>[],
  events: readonly (z.infer<typeof event> & { texts: string[] })[],
): NamedElsewhere {
  const namedExports = exports.filter(({ query }) => namesPerson(query, names)).map(({ id }) => id);
  const namedViews = views.filter(({ name, query }) => [name, query].some((text) => namesPerson(text, names)));
  // What repeats a view may name it by its id alone.
  const subjects = new Set([...namedExports.map((id) => `export:${id}`), ...namedViews.map(({ id }) => `view:${id}`)]);
  const viewIds = new Set(namedViews.map(({ id }) => id));
  const named = events.filter(
    ({ subject, texts }) => subjects.has(subject) || texts.some((text) => viewIds.has(text) || namesPerson(text, names)),
  );
  return {
    exports: namedExports,
    views: namedViews.map(({ id, name, shared, archived }) => ({ id, name, shared, archived })),
    events: named.map(({ seq }) => seq),
    rows: named.flatMap(({ data }) => boundRows.parse(JSON.parse(data)).rows),
  };
}

// Each event of a view or an export is read, for it may name it by its id alone; an index holds them. Of searches there are many more:
// what each looked for stands beside its event.
async function eventsWithFilters(tx: Prisma.TransactionClient, { tags, files }: BorneNames) {
  const rows = await tx.$queryRaw<unknown[]>`
    WITH holding AS (
      SELECT e.seq FROM console.audit_event e WHERE console.holds_a_filter(e.action)
      UNION
      SELECT s.event_seq FROM console.searched_name s WHERE s.value = ANY(${tags.map(({ value }) => value)}::text[])
      UNION
      SELECT s.event_seq FROM console.searched_name s
        WHERE s.name IS NULL AND EXISTS (SELECT FROM unnest(${files}::text[]) AS file WHERE position(lower(s.value) IN lower(file)) > 0)
    )
    SELECT e.seq, e.subject, p.data FROM holding JOIN console.audit_event e ON e.seq = holding.seq JOIN console.audit_payload p ON p.seq = e.seq`;
  return event.array().parse(rows);
}

function dataOf(payload: string): unknown {
  const parsed: unknown = JSON.parse(payload);
  return typeof parsed === 'object' && parsed !== null && 'data' in parsed ? parsed.data : null;
}

/**
 * Erases the filters and names that `namedElsewhere` found, within the transaction of the erasure and after its tombstone. A view without
 * its filter would list every record, so it is archived, with an event. The details of the events are the caller's to erase.
 */
export async function eraseNamed(tx: Prisma.TransactionClient, { exports, views }: NamedElsewhere): Promise<void> {
  const ids = views.map(({ id }) => id);
  await tx.export.updateMany({ where: { id: { in: exports } }, data: { query: ERASED_TEXT } });
  await tx.savedView.updateMany({ where: { id: { in: ids } }, data: { name: ERASED_TEXT, query: ERASED_TEXT, defaultFor: null } });
  await tx.savedView.updateMany({ where: { id: { in: ids }, archivedAt: null }, data: { archivedAt: new Date() } });
  // Remembered responses repeat what was saved.
  await tx.$executeRaw`DELETE FROM console.idempotency_key k WHERE k.body -> 'view' ->> 'id' = ANY(${ids}::text[])`;
}

/** Records the views that an erasure archived, at the end of its transaction. */
export async function recordArchived(tx: Prisma.TransactionClient, actor: Actor, { views }: NamedElsewhere): Promise<void> {
  for (const { id, archived } of views)
    if (!archived)
      await appendAuditEvent(tx, actor, { action: 'view.archived', subject: `view:${id}`, data: { viewId: id, name: ERASED_TEXT } });
}
