import { db } from '@/lib/db/client';
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
    const isReplaced = (key: string) => tx.auditEvent.findFirst({ where: { action: 'key.rotated', subject: `key:${key}` } });
    if (await isReplaced(publicKey)) throw replacedBefore(keyId, last.keyId);
    if (await isReplaced(previous)) return;
    const data = { keyId, publicKey, previousKeyId: last.keyId };
    await appendAuditEvent(tx, SYSTEM_ACTOR, { action: 'key.rotated', subject: `key:${previous}`, data });
  });
}

function replacedBefore(keyId: string, newest: string): Refusal {
  return new Refusal(
    'conflict',
    `This process has the signing key ${keyId}, which was replaced before by ${newest}. Set AUDIT_SIGNING_KEY of every process to the newest key.`,
  );
}
