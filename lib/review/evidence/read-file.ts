import type { FileClaim } from '@/lib/domain/evidence-claim';
import { BROKE_OFF, type EvidenceProblem } from '@/lib/domain/evidence-problem';
import { openFile } from '@/lib/upstream/file';
import { freshClaimOf } from './claims';
import { fileGauge, type ReadOutcome } from './file-gauge';
import { problemOf } from './problem-of';

/** What became of reading a file; `outcome` is null when that says nothing about the file: the key or a limit was refused. */
export interface ReadFile {
  outcome: ReadOutcome | null;
  /** As the service names it; empty when it does not. */
  contentType: string;
  /** All bytes, where they were asked for and no more than that many. */
  bytes: Buffer | null;
}

/** Reads an evidence file to its end. Memory is bounded: bytes are kept only up to `keepMax`, by default none. */
export async function readFile(claim: FileClaim, signal: AbortSignal, keepMax = 0): Promise<ReadFile> {
  const read = await readOnce(claim, signal, keepMax);
  if (read.outcome?.result !== 'foreign') return read;
  const fresh = await renewedClaim(claim);
  return fresh ? readOnce(fresh, signal, keepMax) : read;
}

/** Returns what the record says of a file by now, null when that is what was known: then a fault is the service's. */
export async function renewedClaim(claim: FileClaim): Promise<FileClaim | null> {
  const fresh = await freshClaimOf(claim.name);
  return !fresh.isKnown || (fresh.size === claim.size && fresh.contentType === claim.contentType) ? null : fresh;
}

async function readOnce(claim: FileClaim, signal: AbortSignal, keepMax: number): Promise<ReadFile> {
  const gauge = fileGauge(claim);
  const failed = (problem: EvidenceProblem | null): ReadFile => ({
    outcome: problem === null ? null : { result: 'lost', problem },
    contentType: '',
    bytes: null,
  });
  try {
    const { body, contentType } = await openFile(claim.name, {}, signal);
    if (!body) return failed(BROKE_OFF);
    let [kept, size]: [Uint8Array[] | null, number] = [keepMax > 0 ? [] : null, 0];
    for await (const chunk of body) {
      const problem = gauge.push(chunk);
      if (problem) {
        body.destroy();
        return { ...failed(null), outcome: { result: 'foreign', problem } };
      }
      size += chunk.byteLength;
      if (size > keepMax) kept = null;
      kept?.push(chunk);
    }
    return { outcome: gauge.end(), contentType: contentType ?? '', bytes: kept && Buffer.concat(kept) };
  } catch (failure) {
    return failed(problemOf(failure, signal));
  }
}
