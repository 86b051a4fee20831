import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { canonicalJson } from '@/lib/audit/canonical-json';
import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';

/** A write and the key its sender gave it; a key belongs to one user. Without a key nothing is remembered. */
export interface KeyedRequest {
  userId: string;
  key: string | undefined;
  requestHash: string;
}

/** Binds a key to what is asked for: `request` is a plain value that names the verb and everything the answer depends on. */
export function keyedRequest(actor: Actor, key: string | undefined, request: Record<string, unknown>): KeyedRequest {
  return { userId: actor.id, key, requestHash: createHash('sha256').update(canonicalJson(request)).digest('hex') };
}

/**
 * Does a write once: the same request again gets the first answer again, also when both arrive together. `act` must call
 * `rememberAnswer` in its transaction. Throws a Refusal `key-reused` when the key came with another request before.
 */
export async function once<Answer>(request: KeyedRequest, answer: z.ZodType<Answer>, act: () => Promise<Answer>): Promise<Answer> {
  const earlier = await earlierAnswer(request, answer);
  if (earlier) return earlier;
  try {
    // Through the same schema as a remembered answer, so that both read alike to the last byte.
    return answer.parse(await act());
  } catch (failure) {
    // It may have lost against itself: a twin with the same key that committed meanwhile.
    const twin = isLostRace(failure) ? await earlierAnswer(request, answer) : null;
    if (twin) return twin;
    throw failure;
  }
}

/** Keeps the answer of a write within its transaction. A twin waits here until the first one ends, and then loses. */
export async function rememberAnswer(tx: Prisma.TransactionClient, request: KeyedRequest, body: Prisma.InputJsonObject): Promise<void> {
  const { userId, key, requestHash } = request;
  if (key !== undefined) await tx.idempotencyKey.create({ data: { userId, key, requestHash, status: 201, body } });
}

/** Takes a remembered answer back that came to nothing, so that the same key may be answered anew. */
export async function forgetAnswer({ userId, key }: KeyedRequest): Promise<void> {
  if (key !== undefined) await db().idempotencyKey.deleteMany({ where: { userId, key } });
}

/** Whether a write failed because another one had already taken its place in a unique index. */
export function isUniqueViolation(failure: unknown): boolean {
  return failure instanceof Prisma.PrismaClientKnownRequestError && failure.code === 'P2002';
}

function isLostRace(failure: unknown): boolean {
  return isUniqueViolation(failure) || (failure instanceof Refusal && failure.code === 'stale');
}

async function earlierAnswer<Answer>({ userId, key, requestHash }: KeyedRequest, answer: z.ZodType<Answer>): Promise<Answer | null> {
  if (key === undefined) return null;
  const row = await db().idempotencyKey.findUnique({ where: { userId_key: { userId, key } } });
  if (!row) return null;
  if (row.requestHash !== requestHash)
    throw new Refusal('key-reused', 'This Idempotency-Key was used for another request. Send a new key with a new request.');
  return answer.parse(row.body);
}
