import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import type { NewAuditEvent } from '@/lib/domain/audit-event';
import { Refusal } from '@/lib/domain/refusal';
import { appendLock, signingLock } from './audit-locks';
import type { Head } from './chain';
import { keepCheckpoint, readPublicKeys } from './checkpoint-files';
import { checkpointNow, momentAfter, showCheckpoint } from './checkpoint-now';
import { findLoss, type Loss } from './find-loss';
import { markBegun } from './folder-marks';
import { resumeSigning } from './log-state';
import { payloadText } from './payload-text';
import { type Checkpoint, type LostRange, type SigningKey, signHead } from './signed-head';
import { signingKey } from './signing-key';

export interface RestoreDeclaration {
  reason: string;
  /** Who runs the command, by the name the operating system has for them. */
  osUser: string;
  /** Whether a key other than that of the newest head may sign from now on, because that one was lost. */
  newKey: boolean;
  /** How many other events in place of signed ones the administrator confirms; 0 where they know of none. */
  replaced?: number;
}

/**
 * Declares what a restore lost: opens the log, appends `log.restored` and signs it with the range of the lost events, all or nothing. From then on
 * the lost heads no longer contradict the chain, and every verifier names the gap as declared. Resolves to the event's number and what was
 * declared; null when there was nothing to declare, the log is then open and signed. Throws a Refusal `conflict` for a broken chain, for
 * another signing key without `newKey`, or while `replaced` is not the number of events that contradict signed heads: a forgery that was computed
 * anew is whole in itself, and looks like a restore that went on.
 */
export async function declareRestore(declaration: RestoreDeclaration): Promise<{ seq: number; loss: Loss } | null> {
  const loss = await findLoss();
  if (loss === null) {
    await resumeSigning();
    return null;
  }
  const key = signingKey();
  if (loss.replaced !== (declaration.replaced ?? 0)) throw unconfirmed(loss);
  const last = loss.heads.at(-1) ?? null;
  if (last && last.keyId !== key.keyId && !declaration.newKey) throw otherKey(key.keyId, last.keyId);
  if (loss.folderLost) refillFolder(loss.heads, key);
  const seq = await db().$transaction((tx) => declare(tx, declaration, loss, key));
  await resumeSigning();
  await checkpointNow();
  return { seq, loss };
}

async function declare(tx: Prisma.TransactionClient, { reason, osUser }: RestoreDeclaration, loss: Loss, key: SigningKey): Promise<number> {
  await signingLock(tx);
  await appendLock(tx);
  await requireEnd(tx, loss.head);
  await tx.auditLogState.update({ where: { id: 1 }, data: { closedAt: null } });
  const last = loss.heads.at(-1) ?? null;
  const previous = last && last.keyId !== key.keyId ? readPublicKeys().get(last.keyId) : undefined;
  if (last && previous !== undefined) {
    const data = { keyId: key.keyId, publicKey: key.publicKey, previousKeyId: last.keyId };
    await append(tx, { action: 'key.rotated', subject: `key:${previous}`, data });
  }
  const head = await append(tx, { action: 'log.restored', subject: 'log:audit', data: { lost: loss.lost, reason, osUser } });
  if (loss.lost) await signDeclaration(tx, head, loss.lost, loss.heads, key);
  return head.seq;
}

/** Signs the event as the end of the chain and the loss with it. The file first: a declaration whose transaction fails is lost like the heads before it. */
async function signDeclaration(
  tx: Prisma.TransactionClient,
  head: Head,
  lost: LostRange,
  heads: Checkpoint[],
  key: SigningKey,
): Promise<void> {
  const newest = heads.reduce<Checkpoint | null>((latest, one) => (latest && latest.at > one.at ? latest : one), null);
  const signed = signHead(key, head, momentAfter(newest), lost);
  keepCheckpoint(signed, key);
  await showCheckpoint(tx, signed);
  // The copy of what the witness took: the folder, which counts, tells it of the new heads of these numbers anyway.
  await tx.witness.updateMany({ where: { seq: { gte: lost.from } }, data: { seq: lost.from - 1 } });
}

// Not by `appendAuditEvent`, which refuses numbers that were signed before.
async function append(tx: Prisma.TransactionClient, event: NewAuditEvent): Promise<Head> {
  const { id, name, role } = SYSTEM_ACTOR;
  const payload = payloadText(SYSTEM_ACTOR, event);
  await tx.$executeRaw`SELECT console.append_audit_event(${id}, ${name}, ${role}, ${event.action}, ${event.subject}, ${payload})`;
  const head = await tx.auditEvent.findFirstOrThrow({ orderBy: { seq: 'desc' }, select: { seq: true, hash: true } });
  return { seq: Number(head.seq), hash: Buffer.from(head.hash).toString('hex') };
}

async function requireEnd(tx: Prisma.TransactionClient, { seq }: Head): Promise<void> {
  const newest = await tx.auditEvent.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true } });
  if (Number(newest?.seq ?? 0) === seq) return;
  throw new Refusal('conflict', 'Events were appended while the log was read. Stop the consoles and the jobs, and run the command again.');
}

/** Writes what the table still shows into the lost folder, or marks it as begun where the table has nothing either. */
function refillFolder(heads: Checkpoint[], key: SigningKey): void {
  const keys = readPublicKeys().set(key.keyId, key.publicKey);
  for (const head of heads) keepCheckpoint(head, { ...key, keyId: head.keyId, publicKey: keys.get(head.keyId) ?? key.publicKey });
  if (heads.length === 0) markBegun();
}

function unconfirmed({ replaced, lost, contradicted }: Loss): Refusal {
  const named = contradicted
    ? ` Event ${contradicted.seq}, signed at ${contradicted.at} with the hash ${contradicted.hash}, is another one there.`
    : '';
  const what =
    replaced === 0
      ? 'The database holds no other events in place of signed ones.'
      : `The database holds ${replaced} other events from ${lost?.from} on, in place of signed ones.${named} A console may have gone on after a restore, or somebody forged them.`;
  const next = replaced === 0 ? 'Leave --replaced out.' : `If you know who restored the database and when, add --replaced ${replaced}.`;
  return new Refusal('conflict', `${what} Nothing was declared. ${next}`);
}

function otherKey(own: string, newest: string): Refusal {
  return new Refusal(
    'conflict',
    `The newest head was signed by key ${newest}, and this command has the key ${own}. Run it with the same DATA_DIR or AUDIT_SIGNING_KEY as the jobs, or with --new-key if that key is lost.`,
  );
}
