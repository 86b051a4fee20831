import { z } from 'zod';
import type { Prisma } from '@/lib/db/generated/client';
import { type ProposedChange, proposedChange } from '@/lib/domain/change/proposed-change';
import type { PersonMarks } from '@/lib/domain/person';
import { Refusal } from '@/lib/domain/refusal';

const VERDICTS = ['AGREED', 'REFUSED', 'WITHDRAWN'] as const;

/** A proposed change as stored, with its answer and its outcome. Times are milliseconds since 1970. */
export interface StoredChange {
  id: string;
  change: ProposedChange;
  reason: string;
  proposerName: string;
  /** The marks of the proposer's account at that time. */
  proposer: PersonMarks;
  proposedAt: number;
  /** Null where somebody else could agree when it was proposed. */
  takesEffectAt: number | null;
  /** Whether it is being carried out case by case. */
  began: boolean;
  verdict: { verdict: (typeof VERDICTS)[number]; comment: string; byName: string; at: number } | null;
  effect: { tookEffect: boolean; outcome: string; at: number } | null;
}

/** What a change is read with. */
export const WITH_ANSWER = { include: { verdict: true, effect: true, start: true } } as const;
type Row = Prisma.ProposedChangeGetPayload<typeof WITH_ANSWER>;

/** Reads the kind and the payload of a row. */
export function readProposed({ kind, payload }: Pick<Row, 'kind' | 'payload'>): ProposedChange {
  return proposedChange.parse({ ...z.record(z.string(), z.unknown()).parse(payload), kind });
}

/** Reads a row of `proposed_change`. */
export function storedChange(row: Row): StoredChange {
  const { id, reason, verdict, effect } = row;
  return {
    id,
    change: readProposed(row),
    reason,
    proposerName: row.proposerName,
    proposer: { id: row.proposerId, email: row.proposerEmail, oidcSubject: row.proposerSubject },
    proposedAt: row.proposedAt.getTime(),
    takesEffectAt: row.takesEffectAt?.getTime() ?? null,
    began: row.start !== null,
    verdict: verdict && {
      verdict: z.enum(VERDICTS).parse(verdict.verdict),
      comment: verdict.comment,
      byName: verdict.byName,
      at: verdict.at.getTime(),
    },
    effect: effect && { tookEffect: effect.tookEffect, outcome: effect.outcome, at: effect.at.getTime() },
  };
}

/** Reads one change. Throws a Refusal `not-found`. */
export async function findChange(tx: Prisma.TransactionClient, id: string): Promise<StoredChange> {
  const row = isId(id) ? await tx.proposedChange.findUnique({ where: { id }, ...WITH_ANSWER }) : null;
  if (!row) throw new Refusal('not-found', 'There is no such change.');
  return storedChange(row);
}

const isId = (text: string) => z.uuid().safeParse(text).success;

/** Lets one transaction at a time answer a change or put it into effect. */
export async function lockChange(tx: Prisma.TransactionClient, id: string): Promise<void> {
  if (isId(id)) await tx.$executeRaw`SELECT FROM console.proposed_change WHERE id = ${id}::uuid FOR UPDATE`;
}
