import { z } from 'zod';
import { db } from '@/lib/db/client';
import type { Decision } from '@/lib/domain/decision';
import { overrideShift, type RecordChange } from '@/lib/domain/record-change';
import { type RecordDifference, recordDifferences } from '@/lib/domain/record-difference';
import { Refusal } from '@/lib/domain/refusal';
import { markMissing, takeOver } from '@/lib/mirror/refresh-record';
import { adaptVerification } from '@/lib/upstream/adapt';
import type { UpstreamRecord } from '@/lib/upstream/get';
import type { WholeRecord } from '@/lib/upstream/whole-record';

/** The record as the upstream has it at this moment; `gone` when it has none, `unknown` when it cannot be asked. */
export type PresentRecord = Pick<WholeRecord, 'verification' | 'snapshotHash' | 'raw'> | 'gone' | 'unknown';

/**
 * Returns how the present record differs from the one the decision was made on, null when it is the same or was all along. While the
 * upstream cannot be asked, the record in the index is compared. `decision` is the standing one; without one, or after the case was
 * erased, nothing is compared.
 */
export async function recordChangeOf(decision: Decision | null, present: PresentRecord): Promise<RecordChange | null> {
  if (decision === null) return null;
  const [indexed, versions, erasures] = await Promise.all([
    indexedRecord(decision.verificationId),
    versionsSince(decision),
    db().erasure.count({ where: { verificationId: decision.verificationId } }),
  ]);
  if (erasures > 0) return null;
  const isGone = present === 'gone' || (present === 'unknown' && indexed !== null && indexed.missingAt !== null);
  const now = typeof present === 'object' ? present : indexed;
  const same = now === null || now.snapshotHash === decision.snapshotHash;
  const left = versions.find(({ snapshotHash }) => snapshotHash === decision.snapshotHash);
  // Before anything takes the present record over, the index may still hold the one decided on.
  const held = indexed?.snapshotHash === decision.snapshotHash ? indexed.raw : null;
  const decidedOn = same ? (now?.raw ?? null) : (left?.raw ?? held);
  const about = { decisionId: decision.id, returnedAt: null, override: null };
  if (isGone)
    return {
      ...about,
      kind: 'gone',
      at: indexed?.missingAt ?? null,
      differences: now && !same ? differencesBetween(decidedOn, textOf(now.raw)) : [],
    };
  if (!same) {
    const override = overrideShift(decision, readable(textOf(now.raw))?.machineResult ?? decision.machineResult);
    return {
      ...about,
      kind: 'changed',
      at: left?.replacedAt ?? null,
      override,
      differences: differencesBetween(decidedOn, textOf(now.raw)),
    };
  }
  const other = versions.findLast(({ snapshotHash }) => snapshotHash !== decision.snapshotHash);
  if (!other || !left || decidedOn === null) return null;
  return {
    ...about,
    kind: 'returned',
    at: left.replacedAt,
    returnedAt: other.replacedAt,
    differences: differencesBetween(textOf(decidedOn), other.raw),
  };
}

/**
 * Takes what was just fetched for a decided case over into the index when the index holds something else, so that the case is found
 * among the changed ones, or no longer is, before the next pass of the sync.
 */
export async function noticeRecordChange(decision: Decision | null, present: UpstreamRecord | 'gone', askedAt: number): Promise<void> {
  if (decision === null) return;
  if (present === 'gone') return markMissing(decision.verificationId);
  const known = await indexedRecord(decision.verificationId);
  if (known?.snapshotHash !== present.snapshotHash || known.missingAt !== null) await takeOver(present, askedAt);
}

const indexed = z.object({ raw: z.string(), snapshotHash: z.string(), upstreamMissingAt: z.date().nullable() });

async function indexedRecord(verificationId: number): Promise<{ raw: string; snapshotHash: string; missingAt: number | null } | null> {
  const select = { raw: true, snapshotHash: true, upstreamMissingAt: true };
  const found = await db().record.findUnique({ where: { verificationId }, select });
  if (!found) return null;
  const { raw, snapshotHash, upstreamMissingAt } = indexed.parse(found);
  return { raw, snapshotHash, missingAt: upstreamMissingAt?.getTime() ?? null };
}

interface Version {
  snapshotHash: string;
  raw: string;
  /** Milliseconds since 1970. */
  replacedAt: number;
}

/** What the record was before each change since the decision, oldest first. */
async function versionsSince({ verificationId, decidedAt }: Decision): Promise<Version[]> {
  const rows = await db().recordVersion.findMany({
    where: { verificationId, replacedAt: { gte: new Date(decidedAt) } },
    orderBy: { replacedAt: 'asc' },
  });
  return rows.map(({ snapshotHash, raw, replacedAt }) => ({ snapshotHash, raw, replacedAt: replacedAt.getTime() }));
}

const textOf = (raw: string | Uint8Array) => (typeof raw === 'string' ? raw : new TextDecoder().decode(raw));

/** Returns in what two texts of a record differ; null when either is not kept or cannot be read, as after an erasure. */
export function differencesBetween(before: string | Uint8Array | null, after: string): RecordDifference[] | null {
  if (before === null) return null;
  const [was, is] = [readable(textOf(before)), readable(after)];
  if (!was || !is) return null;
  const found = [...recordDifferences(was, is), ...otherMembers(textOf(before), after)];
  return found.length > 0 ? found : [{ subject: 'Other details', before: 'as they were', after: 'different' }];
}

function readable(raw: string) {
  try {
    return adaptVerification(JSON.parse(raw));
  } catch (failure) {
    if (failure instanceof Refusal || failure instanceof SyntaxError) return null;
    throw failure;
  }
}

/** Members that `Verification` carries in a form of its own. */
const UNDERSTOOD = new Set([
  ...['verificationId', 'verified', 'timestamp', 'timestampISO', 'model', 'modelVersion', 'modelResults', 'tags', 'files'],
  ...['idFileName', 'idFileSize', 'idFileType', 'selfieFileName', 'selfieFileSize', 'selfieFileType'],
]);

const members = z.record(z.string(), z.unknown());

// What this console does not understand may still be what a reviewer reads in the raw record.
function otherMembers(before: string, after: string): RecordDifference[] {
  const [was, is] = [members.parse(JSON.parse(before)), members.parse(JSON.parse(after))];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => !UNDERSTOOD.has(name));
  return names.flatMap((name) => {
    const [old, now] = [was, is].map((record) => (Object.hasOwn(record, name) ? (JSON.stringify(record[name]) ?? null) : null));
    return old === now ? [] : [{ subject: `Field ${name}`, before: old ?? null, after: now ?? null }];
  });
}
