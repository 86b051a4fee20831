import { appendAuditEvent } from '@/lib/audit/append';
import type { BoundRow } from '@/lib/audit/bound-rows';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { type Actor, isProgram, SYSTEM_ACTOR } from '@/lib/domain/actor';
import type { FileClaim } from '@/lib/domain/evidence-claim';
import { subjectOfCase } from '../case-of-file';
import { onCase } from '../on-case';
import type { ReadOutcome } from './file-gauge';
import { settleLostFiles } from './settle-lost-files';

type Tx = Prisma.TransactionClient;
/** A file, and the case it belongs to. */
type CheckedFile = Pick<FileClaim, 'name' | 'verificationId'>;

/** Records that a check of a file begins: until one ends, nothing newer than the last one is known of the file. */
export async function beginCheck(actor: Actor, file: CheckedFile): Promise<void> {
  await insertCheck(db(), actor, file, { result: 'begun' });
}

/** The newest check of a file that had ended when a reading of it began; null when there was none. */
export type ReadingBegan = bigint | null;

/** Returns the moment a reading of a file begins, for `recordCheck`. Ask for it before the first byte is requested. */
export async function readingBegins(name: string): Promise<ReadingBegan> {
  return (await lastKnown(db(), name)).id;
}

/** Records that a check of a file ended and says nothing about it. */
export async function giveUpCheck(actor: Actor, file: CheckedFile): Promise<void> {
  await insertCheck(db(), actor, file, { result: 'unread' });
}

/**
 * Records what a check of a file found, on whose behalf it was made. Other bytes than the time before are kept, recorded, and become a
 * finding of the case; so does a file that is lost, until it is back. Readers of one file at the same moment wait for each other, so
 * that a change is noticed once. Of a case that was erased nothing is kept.
 *
 * A reading that began before the newest check ended (`began`) may hold older bytes than that check found. It never takes bad news
 * back: it is recorded as unread. Returns false for such a reading; the caller has the file read again.
 */
export async function recordCheck(actor: Actor, file: CheckedFile, outcome: ReadOutcome, began?: ReadingBegan): Promise<boolean> {
  const known = await lastKnown(db(), file.name);
  // Nothing is new but that it was looked at: almost every check.
  if (outcome.result === 'seen' && known.sha256 === outcome.sha256 && known.result === 'seen') {
    await insertCheck(db(), actor, file, outcome);
    return true;
  }
  const record = async (tx: Tx, isErased = false) => isErased || recordNews(tx, { actor, file, outcome, began });
  const id = file.verificationId;
  return id === null ? db().$transaction((tx) => record(tx)) : onCase(id, record, { erasedToo: true });
}

interface News {
  actor: Actor;
  file: CheckedFile;
  outcome: ReadOutcome;
  began: ReadingBegan | undefined;
}

async function recordNews(tx: Tx, { actor, file, outcome, began }: News): Promise<boolean> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${file.name}, 7335652414))`;
  const before = await lastKnown(tx, file.name);
  if (began !== undefined && before.id !== began && isGoodNews(outcome, before)) {
    await insertCheck(tx, actor, file, { result: 'unread' });
    return false;
  }
  await insertCheck(tx, actor, file, outcome);
  const changed = outcome.result === 'seen' ? await recordBytes(tx, actor, file, outcome, before) : null;
  const [isLost, wasLost] = [outcome.result !== 'seen', before.result === 'lost' || before.result === 'foreign'];
  // A file seen for the first time may stand in place of a lost one that a replaced record no longer names.
  if (file.verificationId !== null && (isLost !== wasLost || before.result === null)) await settleLostFiles(tx, file.verificationId);
  // Last of all, for every other append waits from here on.
  const [subject, { name }] = [subjectOf(file), file];
  if (changed)
    await appendAuditEvent(tx, SYSTEM_ACTOR, { action: 'evidence.changed', subject, data: { file: name, ...changed.data } }, changed.rows);
  if (isLost === wasLost) return true;
  if (outcome.result === 'seen') await appendAuditEvent(tx, SYSTEM_ACTOR, { action: 'evidence.restored', subject, data: { file: name } });
  else await appendAuditEvent(tx, SYSTEM_ACTOR, { action: 'evidence.lost', subject, data: { file: name, problem: outcome.problem } });
  return true;
}

// Other bytes than were ever expected are recorded whenever they were sent; bytes that were known before can be out of date.
function isGoodNews(outcome: ReadOutcome, before: LastKnown): boolean {
  return outcome.result === 'seen' && before.sha256 !== null && (outcome.sha256 === before.original || outcome.sha256 === before.sha256);
}

interface Changed {
  data: { beforeSha256: string; afterSha256: string; isOriginal?: boolean };
  rows: BoundRow[];
}

/** Keeps the bytes where they are others than the time before. Returns the change to record, null for the first bytes ever read. */
async function recordBytes(
  tx: Tx,
  actor: Actor,
  { name, verificationId: id }: CheckedFile,
  { sha256, size }: Extract<ReadOutcome, { result: 'seen' }>,
  before: LastKnown,
): Promise<Changed | null> {
  if (before.sha256 === sha256) return null;
  await tx.evidenceHash.create({ data: { name, sha256, size: BigInt(size), ...madeBy(actor) } });
  if (before.sha256 === null) return null;
  const change = { beforeSha256: before.sha256, afterSha256: sha256 };
  const drift = id === null ? null : await tx.evidenceDrift.create({ data: { verificationId: BigInt(id), name, ...change } });
  const isOriginal = before.original === sha256;
  return { data: { ...change, ...(isOriginal && { isOriginal }) }, rows: drift ? [{ table: 'evidence_drift', id: drift.id }] : [] };
}

type CheckRow = ReadOutcome | { result: 'begun' | 'unread' };

async function insertCheck(tx: Tx, actor: Actor, { name, verificationId }: CheckedFile, row: CheckRow): Promise<void> {
  const read = row.result === 'seen' ? row : null;
  const problem = 'problem' in row ? row.problem : null;
  const { byId, byName } = madeBy(actor);
  const id = verificationId === null ? null : BigInt(verificationId);
  // The lock of the case and the row in one statement: an erasure that runs now comes after it, or nothing is written.
  await tx.$executeRaw`
    INSERT INTO console.evidence_check (verification_id, name, result, sha256, size, problem, by_id, by_name)
    SELECT ${id}::bigint, ${name}, ${row.result}, ${read?.sha256 ?? null}, ${read ? BigInt(read.size) : null}::bigint, ${problem},
      ${byId}::uuid, ${byName}
    FROM (SELECT CASE WHEN ${id}::bigint IS NULL THEN false ELSE console.lock_case(${id}::bigint) END AS erased) AS held WHERE NOT erased`;
}

interface LastKnown {
  /** Of the bytes read first, and read last. */
  original: string | null;
  sha256: string | null;
  /** Of the last check that ended. */
  id: bigint | null;
  result: string | null;
}

async function lastKnown(tx: Tx, name: string): Promise<LastKnown> {
  const [row] = await tx.$queryRaw<LastKnown[]>`
    SELECT (SELECT sha256 FROM console.evidence_hash WHERE name = ${name} ORDER BY id LIMIT 1) AS original,
      (SELECT sha256 FROM console.evidence_hash WHERE name = ${name} ORDER BY id DESC LIMIT 1) AS sha256,
      ended.id, ended.result
    FROM (SELECT) AS always LEFT JOIN LATERAL (
      SELECT id, result FROM console.evidence_check WHERE name = ${name} AND result IN ('seen', 'foreign', 'lost') ORDER BY id DESC LIMIT 1
    ) AS ended ON true`;
  return row ?? { original: null, sha256: null, id: null, result: null };
}

function madeBy(actor: Actor): { byId: string | null; byName: string } {
  return { byId: isProgram(actor.role) ? null : actor.id, byName: actor.name };
}

function subjectOf({ name, verificationId }: CheckedFile): string {
  return verificationId === null ? `file:${name}` : subjectOfCase(verificationId);
}
