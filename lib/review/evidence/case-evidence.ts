import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { CheckInput } from '@/lib/domain/evidence-check-input';
import type { FileClaim } from '@/lib/domain/evidence-claim';
import type { EvidenceState } from '@/lib/domain/evidence-state';
import { checkFiles } from './check-files';
import { filesOfCase } from './claims';
import { claimsOf } from './files-in-index';
import { evidenceStatesOf } from './states-of';

/** How long a request for a check waits for it; what takes longer is `checking` in the answer. */
const PATIENCE_MS = 3_000;

/** What is known of the files of a case at a moment, in milliseconds since 1970. */
export interface CaseEvidence {
  at: number;
  files: EvidenceState[];
}

/** Returns what is known of the files a case's record names. */
export async function caseEvidence(verificationId: number): Promise<CaseEvidence> {
  const files = await filesOfCase(verificationId);
  const names = [...new Set(files.flatMap(({ name }) => name ?? []))];
  // By the clock that dates the checks, which a page compares with this moment.
  const [row] = await db().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  return { at: row?.now.getTime() ?? Date.now(), files: await evidenceStatesOf(names) };
}

/**
 * Checks the files of a case, or those that are named, waits for it within reason, and returns what is known then. A file that was read
 * `since` a moment is not read again, nor beside a reading that began since.
 */
export async function checkCase(actor: Actor, verificationId: number, { files, since }: CheckInput): Promise<CaseEvidence> {
  const claims = claimsOf({ id: verificationId, files: await filesOfCase(verificationId) });
  const wanted = files ? claims.filter(({ name }) => files.includes(name)) : claims;
  const read = since === undefined ? [] : await readSince(wanted, since);
  const unread = wanted.filter(({ name }) => !read.includes(name));
  await checkFiles(actor, unread, PATIENCE_MS, { since: Math.min(since ?? Infinity, Date.now()) });
  return caseEvidence(verificationId);
}

async function readSince(claims: readonly FileClaim[], since: number): Promise<string[]> {
  const states = await evidenceStatesOf(claims.map(({ name }) => name));
  return states.filter(({ state, readAt }) => state !== 'checking' && readAt !== null && readAt >= since).map(({ name }) => name);
}

/** The same without the names of colleagues, for a reviewer who must not learn who worked on the case. Pure. */
export function withoutNames({ at, files }: CaseEvidence): CaseEvidence {
  const nameless = files.map((file) => ({
    ...file,
    first: file.first && { ...file.first, by: null },
    others: file.others.map((other) => ({ ...other, acknowledged: null })),
  }));
  return { at, files: nameless };
}
