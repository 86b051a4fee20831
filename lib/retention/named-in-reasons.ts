import { z } from 'zod';
import { appendAuditEvent } from '@/lib/audit/append';
import type { BoundRow } from '@/lib/audit/bound-rows';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { type PersonNames, proseNames } from '@/lib/domain/person-names';
import { ERASED_TEXT } from '@/lib/domain/retention';

/** Where reasons of policies, and reasons and comments of changes that take two people, name somebody. */
export interface NamedInReasons {
  policies: number[];
  /** Ids of changes whose reason names them. */
  changes: string[];
  /** Ids of changes of which the answer's comment does. */
  verdicts: string[];
  /** These texts. */
  texts: string[];
  /** Numbers of the events that repeat these texts. */
  events: number[];
  /** What these events say beside the texts. */
  kept: KeptDetails[];
  /** The rows that are written anew, which have to be bound again. */
  rows: BoundRow[];
}

/** The details of an event without the text that names somebody. */
export interface KeptDetails {
  seq: number;
  subject: string;
  action: string;
  said: Record<string, unknown>;
}

const payload = z.object({ data: z.record(z.string(), z.unknown()) });
const said = z.object({ table: z.enum(['policy', 'proposed_change', 'change_verdict']), id: z.string(), text: z.string() });

/** Finds every such text that names the person by the value of a tag. There are few of them, so each is read. */
export async function namedInReasons(tx: Prisma.TransactionClient, names: PersonNames): Promise<NamedInReasons> {
  const texts = await tx.$queryRaw<unknown[]>`
    SELECT 'policy' AS "table", version::text AS id, reason AS text FROM console.policy
    UNION ALL SELECT 'proposed_change', id::text, reason FROM console.proposed_change
    UNION ALL SELECT 'change_verdict', change_id::text, comment FROM console.change_verdict`;
  const named = said
    .array()
    .parse(texts)
    .filter(({ text }) => proseNames(text, names));
  const idsIn = (table: string) => named.filter((one) => one.table === table).map(({ id }) => id);
  const [policies, changes, verdicts] = [idsIn('policy').map(Number), idsIn('proposed_change'), idsIn('change_verdict')];
  const events = await tx.auditEvent.findMany({
    where: {
      OR: [
        { action: 'policy.changed', subject: { in: policies.map((version) => `policy:${version}`) } },
        { action: 'change.proposed', subject: { in: changes.map((id) => `change:${id}`) } },
        {
          action: { in: ['change.approved', 'change.refused', 'change.withdrawn'] },
          subject: { in: verdicts.map((id) => `change:${id}`) },
        },
      ],
    },
    include: { payload: true },
  });
  return {
    policies,
    changes,
    verdicts,
    texts: named.map(({ text }) => text),
    events: events.map(({ seq }) => Number(seq)),
    kept: events.flatMap(({ seq, subject, action, payload: row }) =>
      row === null ? [] : [{ seq: Number(seq), subject, action, said: withoutText(row.data) }],
    ),
    rows: named.map(({ table, id }) => ({ table, id })),
  };
}

/** Erases the texts that `namedInReasons` found, within the transaction of the erasure and after its tombstone. */
export async function eraseReasons(tx: Prisma.TransactionClient, { policies, changes, verdicts }: NamedInReasons): Promise<void> {
  await tx.policy.updateMany({ where: { version: { in: policies } }, data: { reason: ERASED_TEXT } });
  await tx.proposedChange.updateMany({ where: { id: { in: changes } }, data: { reason: ERASED_TEXT } });
  await tx.changeVerdict.updateMany({ where: { changeId: { in: verdicts } }, data: { comment: ERASED_TEXT } });
}

/** Writes down anew what the erased events said beside the texts: what was changed, by whom and to what is about nobody erased. */
export async function recordKept(tx: Prisma.TransactionClient, actor: Actor, { kept }: NamedInReasons): Promise<void> {
  for (const { subject, ...data } of kept) await appendAuditEvent(tx, actor, { action: 'payload.kept', subject, data });
}

function withoutText(details: string): Record<string, unknown> {
  const { data } = payload.parse(JSON.parse(details));
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, TEXTS.has(name) && value !== '' ? ERASED_TEXT : value]));
}

const TEXTS: ReadonlySet<string> = new Set(['reason', 'comment']);
