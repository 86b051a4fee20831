import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import { appendAuditEvent } from './append';
import { readPublicKeys } from './checkpoint-files';
import type { Checkpoint, SigningKey } from './signed-head';

const ONE_AT_A_TIME = 7335652417n;

/**
 * Records that another key than the one of the last signed head signs from now on, once for each replaced key. The event names the replaced key, so
 * the new key's heads vouch for the old key's. Throws a Refusal `conflict` for a key that was replaced before: it must not sign again.
 */
export async function noteRotation(last: Checkpoint | null, { keyId, publicKey }: SigningKey): Promise<void> {
  if (!last || last.keyId === keyId) return;
  const previous = readPublicKeys().get(last.keyId);
  if (previous === undefined) return;
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ONE_AT_A_TIME})`;
    if (await isReplaced(tx, publicKey)) throw replacedBefore(keyId);
    if (await isReplaced(tx, previous)) return;
    const data = { keyId, publicKey, previousKeyId: last.keyId };
    await appendAuditEvent(tx, SYSTEM_ACTOR, { action: 'key.rotated', subject: `key:${previous}`, data });
  });
}

/** Throws a Refusal `conflict` for a key that an event replaced: a verifier refuses every head it signs after that event. */
export async function requireKeyInUse(tx: Prisma.TransactionClient, { keyId, publicKey }: SigningKey): Promise<void> {
  if (await isReplaced(tx, publicKey)) throw replacedBefore(keyId);
}

async function isReplaced(tx: Prisma.TransactionClient, publicKey: string): Promise<boolean> {
  return (await tx.auditEvent.findFirst({ where: { action: 'key.rotated', subject: `key:${publicKey}` }, select: { seq: true } })) !== null;
}

function replacedBefore(keyId: string): Refusal {
  return new Refusal(
    'conflict',
    `This process has the signing key ${keyId}, which was replaced before. Set AUDIT_SIGNING_KEY of every process to the newest key.`,
  );
}
