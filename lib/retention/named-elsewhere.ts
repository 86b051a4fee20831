import { z } from 'zod';
import { appendAuditEvent } from '@/lib/audit/append';
import { BOUND_TABLE_NAMES, type BoundRow } from '@/lib/audit/bound-rows';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { foldedText } from '@/lib/domain/folded-text';
import { filterNames, namesInFilter, type PersonNames, spellsOneOf, wordsName } from '@/lib/domain/person-names';
import { ERASED_TEXT } from '@/lib/domain/retention';
import { eraseReasons, type NamedInReasons, namedInReasons } from './named-in-reasons';
import { type BorneNames, namesBorneBy, namesOfNobodyElse } from './person-names';

/** Where the people of some cases are named beside these cases: filters and views that somebody typed, and the events that repeat them. */
export interface NamedElsewhere {
  /** Ids of exports whose filter names one of them. */
  exports: string[];
  /** Saved views whose filter or name does, personal ones too. */
  views: { id: string; name: string; shared: boolean; archived: boolean }[];
  /** Ids of bulk actions whose search does, whether they touched the cases or not. */
  batches: string[];
  /** Reasons and comments of policies and changes that do; their events are among `events`, their rows among `rows`. */
  reasons: NamedInReasons;
  /** Numbers of the events whose details do. */
  events: number[];
  /** The rows those events bind, which have to be bound anew once their details are gone. */
  rows: BoundRow[];
}

/** An event with what its details say. */
type SaidEvent = Omit<z.infer<typeof event>, 'data'> & z.infer<typeof details>['data'] & { payload: string };

const NO_REASONS: NamedInReasons = { policies: [], changes: [], verdicts: [], texts: [], events: [], kept: [], rows: [] };
const NOWHERE: NamedElsewhere = { exports: [], views: [], batches: [], reasons: NO_REASONS, events: [], rows: [] };

const boundRows = z.object({ rows: z.array(z.object({ table: z.enum(BOUND_TABLE_NAMES), id: z.string() })).catch([]) });
const view = z.object({ id: z.string(), name: z.string(), query: z.string(), shared: z.boolean(), archived: z.boolean() });
const event = z.object({ seq: z.coerce.number().int(), subject: z.string(), data: z.string() });
/** The details of an event in which a person may be named, or the id of a view that names them. Everything else is no text of anybody's. */
const details = z.object({
  data: z
    .object({
      query: z.string().catch(''),
      name: z.string().catch(''),
      names: z.array(z.string()).catch([]),
      viewId: z.string().catch(''),
      viewIds: z.array(z.string()).catch([]),
    })
    .catch({ query: '', name: '', names: [], viewId: '', viewIds: [] }),
});

/**
 * Finds everything beside these cases that names their people and nobody else: by a tag that no other record bears, or by part of a
 * file's name. Call it before the cases are erased: it reads the names from the index. The numbers of cases are no names; they stay
 * in the log as in the proof of the erasure. What it cannot find is a name that stands in no tag and no file name, and one typed later.
 */
export async function namedElsewhere(ids: readonly number[], tx: Prisma.TransactionClient = db()): Promise<NamedElsewhere> {
  const borne = await namesBorneBy(tx, ids);
  if (borne.tags.length === 0 && borne.files.length === 0) return NOWHERE;
  const [exports, batches, views, events] = await Promise.all([
    tx.$queryRaw<
      { id: string; query: string }[]
    >`SELECT id::text, query FROM console.export WHERE query NOT IN ('', console.erased_text())`,
    tx.$queryRaw<{ id: string; query: string }[]>`SELECT id::text, query FROM console.batch WHERE query IS NOT NULL`,
    tx.$queryRaw<unknown[]>`
      SELECT id::text, name, query, shared, archived_at IS NOT NULL AS archived FROM console.saved_view WHERE query <> console.erased_text()`,
    eventsWithFilters(tx, borne),
  ]);
  const knownViews = view.array().parse(views);
  const said = events.map(({ data: payload, ...one }) => ({ ...one, payload, ...details.parse(JSON.parse(payload)).data }));
  const names = await namesAsked(
    tx,
    ids,
    borne,
    [...exports, ...batches, ...knownViews, ...said].map(({ query }) => namesInFilter(query)),
  );
  const found = naming(names, { exports, batches, views: knownViews, events: said });
  const reasons = await namedInReasons(tx, names);
  return { ...found, reasons, events: [...found.events, ...reasons.events], rows: [...found.rows, ...reasons.rows] };
}

type Asked = ReturnType<typeof namesInFilter>;

/** Returns what of the names the cases bear belongs to nobody else, with the spellings of them that these filters ask for. */
async function namesAsked(
  tx: Prisma.TransactionClient,
  ids: readonly number[],
  borne: BorneNames,
  filters: readonly Asked[],
): Promise<PersonNames> {
  const asked = filters.flatMap(({ tags }) => tags).filter((tag) => spellsOneOf(borne.tags, tag));
  const files = borne.files.map(foldedText);
  const texts = filters
    .flatMap((one) => one.texts)
    .filter((text) => files.some((file) => file.includes(foldedText(text))) || wordsName(text, borne));
  const own = await namesOfNobodyElse(tx, ids, { tags: [...borne.tags, ...asked], texts });
  const isBorne = new Set(borne.tags.map(keyOf));
  const tags = own.tags.filter((tag) => isBorne.has(keyOf(tag)));
  return { tags, spellings: own.tags.filter((tag) => !isBorne.has(keyOf(tag)) && spellsOneOf(tags, tag)), texts: own.texts };
}

const keyOf = ({ name, value }: { name: string; value: string }) => JSON.stringify([name, value]);

interface Filtered {
  id: string;
  query: string;
}

function naming(
  names: PersonNames,
  { exports, batches, views, events }: { exports: Filtered[]; batches: Filtered[]; views: z.infer<typeof view>[]; events: SaidEvent[] },
): Omit<NamedElsewhere, 'reasons'> {
  const idsNaming = (filtered: Filtered[]) => filtered.filter(({ query }) => filterNames(query, names)).map(({ id }) => id);
  const [namedExports, namedBatches] = [idsNaming(exports), idsNaming(batches)];
  const namedViews = views.filter(({ name, query }) => wordsName(name, names) || filterNames(query, names));
  // What repeats a view may name it by its id alone.
  const subjects = new Set([
    ...namedExports.map((id) => `export:${id}`),
    ...namedBatches.map((id) => `batch:${id}`),
    ...namedViews.map(({ id }) => `view:${id}`),
  ]);
  const viewIds = new Set(namedViews.map(({ id }) => id));
  const named = events.filter(
    (one) =>
      subjects.has(one.subject) ||
      [one.viewId, ...one.viewIds].some((id) => viewIds.has(id)) ||
      [one.name, ...one.names].some((text) => wordsName(text, names)) ||
      filterNames(one.query, names),
  );
  return {
    exports: namedExports,
    batches: namedBatches,
    views: namedViews.map(({ id, name, shared, archived }) => ({ id, name, shared, archived })),
    events: named.map(({ seq }) => seq),
    rows: named.flatMap(({ payload }) => boundRows.parse(JSON.parse(payload)).rows),
  };
}

// Each event of a view or an export is read, for it may name it by its id alone; an index holds them. Of searches there are many more:
// what each looked for stands beside its event.
async function eventsWithFilters(tx: Prisma.TransactionClient, { tags, files }: BorneNames) {
  const values = tags.map(({ value }) => value);
  const rows = await tx.$queryRaw<unknown[]>`
    WITH holding AS (
      SELECT e.seq FROM console.audit_event e WHERE console.holds_a_filter(e.action)
      UNION
      SELECT s.event_seq FROM console.searched_name s
        WHERE console.address_folded(s.value) = ANY(ARRAY(SELECT console.address_folded(value) FROM unnest(${values}::text[]) AS value))
      UNION
      SELECT s.event_seq FROM console.searched_name s CROSS JOIN LATERAL (SELECT console.address_folded(s.value) AS part OFFSET 0) AS asked
        WHERE s.name IS NULL AND (
          EXISTS (SELECT FROM unnest(${files}::text[]) AS file WHERE position(asked.part IN console.address_folded(file)) > 0)
          OR EXISTS (SELECT FROM unnest(${values}::text[]) AS value WHERE position(console.address_folded(value) IN asked.part) > 0)
        )
    )
    SELECT e.seq, e.subject, p.data FROM holding JOIN console.audit_event e ON e.seq = holding.seq JOIN console.audit_payload p ON p.seq = e.seq`;
  return event.array().parse(rows);
}

/**
 * Erases the filters and names that `namedElsewhere` found, within the transaction of the erasure and after its tombstone. A view without
 * its filter would list every record, so it is archived, with an event. The details of the events are the caller's to erase.
 */
export async function eraseNamed(tx: Prisma.TransactionClient, { exports, batches, views, reasons }: NamedElsewhere): Promise<void> {
  const ids = views.map(({ id }) => id);
  await eraseReasons(tx, reasons);
  await tx.export.updateMany({ where: { id: { in: exports } }, data: { query: ERASED_TEXT } });
  await tx.batch.updateMany({ where: { id: { in: batches }, query: { not: null } }, data: { query: null } });
  await tx.savedView.updateMany({ where: { id: { in: ids } }, data: { name: ERASED_TEXT, query: ERASED_TEXT, defaultFor: null } });
  await tx.savedView.updateMany({ where: { id: { in: ids }, archivedAt: null }, data: { archivedAt: new Date() } });
  // Remembered responses repeat what was saved.
  await tx.$executeRaw`DELETE FROM console.idempotency_key k WHERE k.body -> 'view' ->> 'id' = ANY(${ids}::text[])
    OR k.body -> 'batch' ->> 'id' = ANY(${batches}::text[])`;
}

/** Records the views that an erasure archived, at the end of its transaction. */
export async function recordArchived(tx: Prisma.TransactionClient, actor: Actor, { views }: NamedElsewhere): Promise<void> {
  for (const { id, archived } of views)
    if (!archived)
      await appendAuditEvent(tx, actor, { action: 'view.archived', subject: `view:${id}`, data: { viewId: id, name: ERASED_TEXT } });
}
