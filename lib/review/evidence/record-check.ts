import { appendAuditEvent } from '@/lib/audit/append';
import type { BoundRow } from '@/lib/audit/bound-rows';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { type Actor, isProgram, SYSTEM_ACTOR } from '@/lib/domain/actor';
import type { NewAuditEvent } from '@/lib/domain/audit-event';
import type { FileClaim } from '@/lib/domain/evidence-claim';
import { type EvidenceProblem, isOtherLength } from '@/lib/domain/evidence-problem';
import { subjectOfCase } from '../case-of-file';
import { onCase } from '../on-case';
import type { ReadOutcome } from './file-gauge';
import { namedByRecord, settleLostFiles } from './settle-lost-files';

type Tx = Prisma.TransactionClient;
/** A file, and the case it belongs to. */
type CheckedFile = Pick<FileClaim, 'name' | 'verificationId'>;

/** Records that a check of a file begins: until one ends, nothing newer than the last one is known of the file. */
export async function beginCheck(actor: Actor, file: CheckedFile): Promise<void> {
  await insertCheck(db(), actor, file, { result: 'begun' });
}

/** The newest check of a file that had ended when a reading of it began, null when there was none, and that moment by the database's clock. */
export interface ReadingBegan {
  after: bigint | null;
  at: Date;
}

/** Returns the moment a reading of a file begins, for `recordCheck`. Ask for it before the first byte is requested. */
export async function readingBegins(name: string): Promise<ReadingBegan> {
  const { id, now } = await lastKnown(db(), name);
  return { after: id, at: now };
}

/** Records that a check of a file ended and says nothing about it. */
export async function giveUpCheck(actor: Actor, file: CheckedFile): Promise<void> {
  await insertCheck(db(), actor, file, { result: 'unread' });
}

/**
 * Records what a check of a file found, on whose behalf it was made. The first bytes ever read and other bytes than the time before are
 * kept and recorded, and a difference becomes a finding of the case; so does a file that is lost, until it is back. Readers of one file at
 * the same moment wait for each other, so that a change is noticed once. Of a case that was erased nothing is kept.
 *
 * A reading that began before the newest check ended (`began`) may hold older bytes than that check found. It never takes bad news
 * back: it is recorded as unread. Returns false for such a reading; the caller has the file read again.
 */
export async function recordCheck(actor: Actor, file: CheckedFile, outcome: ReadOutcome, began?: ReadingBegan): Promise<boolean> {
  const known = await lastKnown(db(), file.name);
  // Nothing is new but that it was looked at: almost every check.
  if (outcome.result === 'seen' && known.sha256 === outcome.sha256 && !known.lost) {
    await insertCheck(db(), actor, file, outcome, began);
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

/** An event to append, and the rows it binds. */
type Recorded = [event: NewAuditEvent, rows: BoundRow[]];

async function recordNews(tx: Tx, { actor, file, outcome, began }: News): Promise<boolean> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${file.name}, 7335652414))`;
  const before = await lastKnown(tx, file.name);
  if (began !== undefined && before.id !== began.after && isGoodNews(outcome, before)) {
    await insertCheck(tx, actor, file, { result: 'unread' });
    return false;
  }
  await insertCheck(tx, actor, file, outcome, began);
  const read = outcome.result === 'seen' ? await recordBytes(tx, actor, file, outcome, before) : null;
  const turned = await recordTurn(tx, file, outcome, before);
  // A file seen for the first time may stand in place of a lost one that a replaced record no longer names.
  const isSettled = !turned && before.sha256 !== null;
  const reviewed = file.verificationId === null || isSettled ? [] : await settleLostFiles(tx, file.verificationId);
  const subject = subjectOf(file);
  const more = reviewed.map(({ rows, ...data }): Recorded => [{ action: 'evidence.loss-reviewed', subject, data }, rows]);
  // Last of all, for every other append waits from here on.
  for (const [event, rows] of [...(read ? [read] : []), ...(turned ? [turned] : []), ...more])
    await appendAuditEvent(tx, SYSTEM_ACTOR, event, rows);
  return true;
}

// Other bytes than were ever expected are recorded whenever they were sent; bytes that were known before can be out of date.
function isGoodNews(outcome: ReadOutcome, before: LastKnown): boolean {
  return outcome.result === 'seen' && before.sha256 !== null && (outcome.sha256 === before.original || outcome.sha256 === before.sha256);
}

/** Keeps the bytes where they are the first ever read, or others than the time before. Returns what to record of it, null for the same. */
async function recordBytes(
  tx: Tx,
  actor: Actor,
  file: CheckedFile,
  { sha256, size }: Extract<ReadOutcome, { result: 'seen' }>,
  before: LastKnown,
): Promise<Recorded | null> {
  if (before.sha256 === sha256) return null;
  const [{ name }, subject, verificationId] = [file, subjectOf(file), caseKey(file)];
  const { id } = await tx.evidenceHash.create({ data: { name, sha256, size: BigInt(size), verificationId, ...madeBy(actor) } });
  const hash: BoundRow = { table: 'evidence_hash', id };
  if (before.sha256 === null) return [{ action: 'evidence.first-seen', subject, data: { file: name, sha256, size } }, [hash]];
  const change = { beforeSha256: before.sha256, afterSha256: sha256 };
  const drift = verificationId === null ? null : await tx.evidenceDrift.create({ data: { verificationId, name, ...change } });
  const data = { file: name, ...change, ...(before.original === sha256 && { isOriginal: true }) };
  return [{ action: 'evidence.changed', subject, data }, drift ? [hash, { table: 'evidence_drift', id: drift.id }] : [hash]];
}

/**
 * Writes down that a file was lost or came back. Another reason for the same loss is no news, unless other bytes now stand in its place,
 * or no longer do.
 */
async function recordTurn(tx: Tx, file: CheckedFile, outcome: ReadOutcome, before: LastKnown): Promise<Recorded | null> {
  const problem = outcome.result === 'seen' ? null : outcome.problem;
  const lost = problem !== null;
  if (lost === before.lost && isOtherLength(problem) === isOtherLength(before.problem)) return null;
  const [{ name }, subject, verificationId] = [file, subjectOf(file), caseKey(file)];
  const named = file.verificationId !== null && (await namedByRecord(tx, file.verificationId))(name);
  const { id } = await tx.evidenceLoss.create({ data: { verificationId, name, lost, named, problem } });
  const rows: BoundRow[] = [{ table: 'evidence_loss', id }];
  if (problem !== null) return [{ action: 'evidence.lost', subject, data: { file: name, problem } }, rows];
  return [{ action: 'evidence.restored', subject, data: { file: name } }, rows];
}

type CheckRow = ReadOutcome | { result: 'begun' | 'unread' };

async function insertCheck(tx: Tx, actor: Actor, file: CheckedFile, row: CheckRow, began?: ReadingBegan): Promise<void> {
  const read = row.result === 'seen' ? row : null;
  const problem = 'problem' in row ? row.problem : null;
  const { byId, byName } = madeBy(actor);
  const id = caseKey(file);
  // The lock of the case and the row in one statement: an erasure that runs now comes after it, or nothing is written.
  await tx.$executeRaw`
    INSERT INTO console.evidence_check (verification_id, name, result, sha256, size, problem, by_id, by_name, began_at)
    SELECT ${id}::bigint, ${file.name}, ${row.result}, ${read?.sha256 ?? null}, ${read ? BigInt(read.size) : null}::bigint, ${problem},
      ${byId}::uuid, ${byName}, ${began?.at ?? null}::timestamptz
    FROM (SELECT CASE WHEN ${id}::bigint IS NULL THEN false ELSE console.lock_case(${id}::bigint) END AS erased) AS held WHERE NOT erased`;
}

interface LastKnown {
  /** Of the bytes read first, and read last. */
  original: string | null;
  sha256: string | null;
  /** The last check that ended. */
  id: bigint | null;
  /** Whether the file is lost, and why. */
  lost: boolean;
  problem: EvidenceProblem | null;
  now: Date;
}

async function lastKnown(tx: Tx, name: string): Promise<LastKnown> {
  const [row] = await tx.$queryRaw<LastKnown[]>`
    SELECT (SELECT sha256 FROM console.evidence_hash WHERE name = ${name} ORDER BY id LIMIT 1) AS original,
      (SELECT sha256 FROM console.evidence_hash WHERE name = ${name} ORDER BY id DESC LIMIT 1) AS sha256,
      (SELECT id FROM console.evidence_check WHERE name = ${name} AND result IN ('seen', 'foreign', 'lost') ORDER BY id DESC LIMIT 1) AS id,
      coalesce(loss.lost, false) AS lost, loss.problem, clock_timestamp() AS now
    FROM (SELECT) AS always LEFT JOIN LATERAL (
      SELECT lost, problem FROM console.evidence_loss WHERE name = ${name} ORDER BY id DESC LIMIT 1
    ) AS loss ON true`;
  if (!row) throw new Error('The database returned nothing about a file.');
  return row;
}

function madeBy(actor: Actor): { byId: string | null; byName: string } {
  return { byId: isProgram(actor.role) ? null : actor.id, byName: actor.name };
}

const caseKey = ({ verificationId }: CheckedFile) => (verificationId === null ? null : BigInt(verificationId));

function subjectOf({ name, verificationId }: CheckedFile): string {
  return verificationId === null ? `file:${name}` : subjectOfCase(verificationId);
}
