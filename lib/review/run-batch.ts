import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { withDaysWritten } from '@/lib/domain/day-span';
import { BATCH_MAX, BATCH_VERBS, type BatchInput, type BatchResult } from '@/lib/domain/desk-input';
import { Refusal } from '@/lib/domain/refusal';
import { ERASED_TEXT } from '@/lib/domain/retention';
import { parseSearchQuery } from '@/lib/domain/search-query';
import { calendarNow } from '@/lib/env';
import { countMatches, idsMatching } from '@/lib/mirror/search';
import { assignCase, listReviewers } from './assign-case';
import { besideErasures } from './beside-erasures';
import { claimCase } from './claim-case';
import { escalateCase } from './escalate-case';
import { keyedRequest, once, rememberAnswer } from './idempotency';
import { releaseClaim } from './release-claim';
import { requireReviewer } from './require-reviewer';

const storedBatch = z.object({
  id: z.string(),
  verb: z.enum(BATCH_VERBS),
  detail: z.string(),
  query: z.string().nullable(),
  byName: z.string(),
  at: z.union([z.date().transform((at) => at.getTime()), z.number()]),
  succeeded: z.array(z.coerce.number()),
  refused: z.array(z.object({ id: z.number(), code: z.string(), message: z.string() })),
  truncated: z.number(),
});
const ran = z.object({ batch: storedBatch });

/** Acts at a time; each waits for the database most of its life. */
const AT_ONCE = 4;

/**
 * Does one act to many cases: those named, or those a search of the index finds now. Their numbers are pinned before the first
 * is touched, so a list that changes meanwhile skips nothing. Each case is an act of its own, so some may be refused; the result
 * says which and why, and how many beyond the first thousand were left out. The same request with the same key answers the first
 * result again. Throws a Refusal `forbidden`, `key-reused`, `unprocessable`, or `bad-request` for a search that cannot be read.
 */
export async function runBatch(actor: Actor, input: BatchInput, idempotencyKey: string): Promise<{ batch: BatchResult }> {
  requireReviewer(actor, input.verb === 'assign' ? 'cases.assign' : 'queue.draw');
  const request = keyedRequest(actor, idempotencyKey, { verb: 'run-batch', input });
  return once(request, ran, async () => {
    const [pinned, detail] = await Promise.all([pin(actor, input), detailOf(input)]);
    const id = randomUUID();
    const outcomes = await inTurns(pinned.ids, (caseId) => outcomeOf(caseId, () => act(actor, caseId, input, id)));
    const refused = outcomes.filter((outcome) => outcome !== null);
    const failed = new Set(refused.map((outcome) => outcome.id));
    const succeeded = pinned.ids.filter((caseId) => !failed.has(caseId));
    const { truncated } = pinned;
    const { verb } = input;
    // It is read on another day than it was asked on.
    const query = input.query === undefined ? null : withDaysWritten(new URLSearchParams(input.query), calendarNow()).toString();
    const asked: BatchResult = { id, verb, detail, query, byName: actor.name, at: Date.now(), succeeded, refused, truncated };
    return db().$transaction(async (tx) => {
      await besideErasures(tx);
      const batch = await withoutErased(tx, asked);
      await rememberAnswer(tx, request, { batch: { ...batch } });
      await tx.batch.create({ data: { ...batch, byId: actor.id, at: new Date(batch.at), succeeded: succeeded.map(BigInt) } });
      await appendAuditEvent(
        tx,
        actor,
        {
          action: 'batch.run',
          subject: `batch:${id}`,
          data: {
            batchId: id,
            verb,
            ...(batch.query !== null && { query: batch.query }),
            succeeded: succeeded.length,
            refused: refused.length,
            truncated,
          },
        },
        [{ table: 'batch', id }],
      );
      return { batch };
    });
  });
}

// What was said about all of the cases was said about each: with one of them erased, it is as if the batch had come before the erasure.
async function withoutErased(tx: Prisma.TransactionClient, batch: BatchResult): Promise<BatchResult> {
  const ids = [...batch.succeeded, ...batch.refused.map((refused) => refused.id)];
  const erased = await tx.erasure.count({ where: { verificationId: { in: ids.map(BigInt) } } });
  return erased === 0 ? batch : { ...batch, query: null, detail: batch.verb === 'escalate' ? ERASED_TEXT : batch.detail };
}

/** The result of a bulk act, for its page. Throws a Refusal `not-found`. */
export async function readBatch(id: string): Promise<BatchResult> {
  const row = z.uuid().safeParse(id).success ? await db().batch.findUnique({ where: { id } }) : null;
  if (!row) throw new Refusal('not-found', 'There is no such bulk act.');
  return storedBatch.parse(row);
}

async function pin(actor: Actor, { ids = [], query }: BatchInput): Promise<{ ids: number[]; truncated: number }> {
  const named = [...new Set(ids)];
  if (query === undefined) return { ids: named.slice(0, BATCH_MAX), truncated: Math.max(0, named.length - BATCH_MAX) };
  const search = parseSearchQuery(new URLSearchParams(query));
  const found = await idsMatching(actor, search, BATCH_MAX);
  const all = found.length < BATCH_MAX ? found.length : (await countMatches(actor, search, { exact: true })).value;
  return { ids: found, truncated: Math.max(0, all - found.length) };
}

type Refused = BatchResult['refused'][number];

async function outcomeOf(id: number, work: () => Promise<unknown>): Promise<Refused | null> {
  try {
    await work();
    return null;
  } catch (failure) {
    if (failure instanceof Refusal) return { id, code: failure.code, message: failure.message };
    // A fault with one case must not hide what was done to the others.
    console.error(`A bulk act failed at case ${id}.`, failure);
    return { id, code: 'internal', message: 'The console failed at this case. Look at it by itself.' };
  }
}

async function inTurns<Result>(ids: readonly number[], work: (id: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) results.push(...(await Promise.all(ids.slice(at, at + AT_ONCE).map(work))));
  return results;
}

async function act(actor: Actor, id: number, input: BatchInput, batchId: string): Promise<unknown> {
  switch (input.verb) {
    case 'assign':
      return assignCase(actor, id, input.assigneeId, { batchId });
    case 'claim':
      return claimCase(actor, id, { batchId });
    case 'release':
      return releaseClaim(actor, id, { batchId });
    case 'escalate':
      return escalateCase(actor, id, input.reason, { batchId });
  }
}

async function detailOf(input: BatchInput): Promise<string> {
  if (input.verb === 'escalate') return input.reason;
  if (input.verb !== 'assign') return '';
  if (input.assigneeId === null) return 'nobody';
  const reviewer = (await listReviewers()).find(({ id }) => id === input.assigneeId);
  if (!reviewer) throw new Refusal('unprocessable', 'This user cannot be given cases. Choose a reviewer.', { field: 'assigneeId' });
  return reviewer.name;
}
