import { z } from 'zod';
import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import { insertClaim } from './claim-case';
import { forgetAnswer, type KeyedRequest, keyedRequest, once, rememberAnswer } from './idempotency';
import { onCase } from './on-case';
import { ANYBODYS, drawable, type Queue, queueOf } from './queue-of';
import { refreshQuietly } from './refresh-quietly';
import { releaseClaim } from './release-claim';
import { requireReviewer } from './require-reviewer';
import { storedClaim } from './rows';

const drawnCase = z.object({ verificationId: z.number().int().nullable(), claim: storedClaim.nullable() });

/** A case and the actor's claim on it; both null when the queue has nothing for her. */
export type DrawnCase = z.infer<typeof drawnCase>;

const NOTHING: DrawnCase = { verificationId: null, claim: null };
const TRIES = 50;

/**
 * Draws the next case of a queue and claims it, in one transaction: of many who draw at once each gets another one. Left out is
 * what is decided, claimed, asleep, given to somebody else, gone upstream, or was passed on by this reviewer; an escalated case
 * goes to managers alone. What was given to the actor comes first. The record is then taken over as the upstream has it now.
 * With a key, the same request again answers the first case again. Throws as `queueOf`, or a Refusal `forbidden` or `conflict`.
 */
export async function nextCase(
  actor: Actor,
  { viewId, tab = null }: { viewId?: string | undefined; tab?: string | null } = {},
  idempotencyKey?: string,
): Promise<DrawnCase> {
  requireReviewer(actor, 'queue.draw');
  const queue = await queueOf(actor, viewId);
  const request = keyedRequest(actor, idempotencyKey, { verb: 'next-case', viewId: viewId ?? null });
  return once(request, drawnCase, async () => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const drawn = (await draw(actor, queue, assignedTo(actor), request, tab)) ?? (await draw(actor, queue, ANYBODYS, request, tab));
      if (drawn === null) return NOTHING;
      if (drawn === 'taken') continue;
      if ('busy' in drawn) await onCase(drawn.busy, async () => undefined, { erasedToo: true });
      else if (await isStillThere(actor, drawn, request)) return drawn;
    }
    throw new Refusal('conflict', 'Many people draw cases at this moment. Try again.');
  });
}

const assignedTo = (actor: Actor) => Prisma.sql`r.assignee_id = ${actor.id}::uuid`;

type Drawn = DrawnCase | 'taken' | { busy: number } | null;

// 'taken' when somebody claimed the case after this statement began, which the next try sees. `busy` is a case that something is being
// written on: by then its row in the index is held, and whoever holds that must not wait for the case.
async function draw(actor: Actor, queue: Queue, whose: Prisma.Sql, request: KeyedRequest, tab: string | null): Promise<Drawn> {
  const where = Prisma.join([...queue.conditions, whose, ...drawable(actor)], ' AND ');
  return db().$transaction(async (tx) => {
    const pick = (patience: string) => tx.$queryRaw<{ id: bigint; locked: boolean }[]>`
      SELECT picked.id, console.try_lock_case(picked.id) AS locked FROM (
        SELECT r.verification_id AS id FROM console.record r WHERE ${where}
        ORDER BY ${queue.order} LIMIT 1 FOR NO KEY UPDATE OF r ${Prisma.raw(patience)}) AS picked`;
    // A row that is only being written, by the sync or by another draw, must not make the queue look empty: then it is waited for.
    const row = (await pick('SKIP LOCKED'))[0] ?? (await pick(''))[0];
    if (!row) return null;
    const verificationId = Number(row.id);
    if (!row.locked) return { busy: verificationId };
    const claim = await insertClaim(tx, actor, verificationId, tab);
    if (!claim) return 'taken';
    const drawn = { verificationId, claim };
    await rememberAnswer(tx, request, { ...drawn, claim: { ...claim } });
    await appendAuditEvent(tx, actor, {
      action: 'claim.taken',
      subject: `verification:${verificationId}`,
      data: { expiresAt: claim.expiresAt, fromQueue: true },
    });
    return drawn;
  });
}

// A record the upstream has dropped leaves the queue as it is looked at; the next one takes its place.
async function isStillThere(actor: Actor, { verificationId }: DrawnCase, request: KeyedRequest): Promise<boolean> {
  if (verificationId === null) return true;
  try {
    await refreshQuietly(verificationId);
    return true;
  } catch (failure) {
    if (!(failure instanceof Refusal) || failure.code !== 'not-found') throw failure;
    await releaseClaim(actor, verificationId);
    await forgetAnswer(request);
    return false;
  }
}
