import type { Actor } from '@/lib/domain/actor';
import { type FileClaim, headProblem, sizeProblem } from '@/lib/domain/evidence-claim';
import { type EvidenceProblem, problemSentence } from '@/lib/domain/evidence-problem';
import { KIND_BYTES } from '@/lib/domain/file-kind';
import { Refusal } from '@/lib/domain/refusal';
import { type FileConditions, type OpenFile, openFile } from '@/lib/upstream/file';
import type { Passing } from '@/lib/upstream/pass-on';
import { refuseFailure } from '@/lib/upstream/refuse';
import { checkFile } from './check-file';
import { claimOf } from './claims';
import { fileGauge, type ReadOutcome } from './file-gauge';
import { peekHead } from './peek-head';
import { problemOf } from './problem-of';
import { renewedClaim } from './read-file';
import { giveUpCheck, readingBegins, recordCheck } from './record-check';

/** An evidence file on its way to somebody who looks at it. */
export interface OpenEvidence {
  file: OpenFile;
  claim: FileClaim;
  chunks: AsyncIterator<Uint8Array>;
  /** Measures the bytes as they pass; null for a part of a file. */
  passing: Passing | null;
}

export interface OpenOptions {
  conditions: FileConditions;
  signal: AbortSignal;
  onFault: (fault: unknown) => void;
  /** Called when a reader leaves a file before its end. */
  left: (claim: FileClaim) => void;
}

/**
 * Opens an evidence file for somebody to look at. Bytes that cannot be the file its record names are never handed on; while no record
 * is at hand, bytes pass, and count only when they are of a kind that evidence is. Throws a Refusal
 * `upstream-unreadable` for them, and what `openFile` throws; that a file is lost, or is another, is recorded first. `onFault` is told
 * when a check cannot be recorded.
 */
export async function openEvidence(actor: Actor, name: string, { conditions, signal, onFault, left }: OpenOptions): Promise<OpenEvidence> {
  const [claim, began] = await Promise.all([claimOf(name), readingBegins(name)]);
  // Null: the opening says nothing about the file. What was known of it is out of date all the same.
  const note = async (outcome: ReadOutcome | null): Promise<void> => {
    try {
      if (outcome === null) await giveUpCheck(actor, claim);
      else if (!(await recordCheck(actor, claim, outcome, began))) void checkFile(actor, claim, { since: Date.now() }).catch(onFault);
    } catch (fault) {
      onFault(fault);
    }
  };
  try {
    const file = await openFile(name, conditions, signal);
    const { head, chunks } = await peekHead(file.body, beginsAtZero(file) ? KIND_BYTES : 0).catch((failure: unknown) =>
      refuseFailure(failure, 'within the answer'),
    );
    const known = partProblem(claim, file, head) === null ? claim : ((await renewedClaim(claim)) ?? claim);
    const problem = known.isKnown ? partProblem(known, file, head) : null;
    if (problem === null) return { file, claim: known, chunks, passing: isWhole(file) ? measured(known, note, { signal, left }) : null };
    file.body?.destroy();
    await note({ result: 'foreign', problem });
    throw foreign(problem);
  } catch (failure) {
    if (failure instanceof ForeignBytes || signal.aborted || isRangeRefused(failure)) throw failure;
    const problem = problemOf(failure, signal);
    await note(problem === null ? null : { result: 'lost', problem });
    throw failure;
  }
}

// Speaks of the part that was asked for.
const isRangeRefused = (failure: unknown) => failure instanceof Refusal && failure.code === 'range-not-satisfiable';

class ForeignBytes extends Refusal {}

/** The refusal of bytes that are not the file. */
function foreign(problem: EvidenceProblem): Refusal {
  const advice = 'What came is not shown, for it is not the evidence. Try again; when it stays so, tell an administrator.';
  return new ForeignBytes('upstream-unreadable', `${problemSentence(problem)} ${advice}`, { details: { problem } });
}

function measured(
  claim: FileClaim,
  note: (outcome: ReadOutcome | null) => Promise<void>,
  { signal, left }: Pick<OpenOptions, 'signal' | 'left'>,
): Passing {
  const gauge = fileGauge(claim);
  return {
    chunk: (bytes) => void gauge.push(bytes),
    whole: async () => {
      const outcome = gauge.end();
      if (outcome.result !== 'seen' && !claim.isKnown) return note(null);
      await note(outcome);
      if (outcome.result !== 'seen') throw foreign(outcome.problem);
    },
    broken: async (failure) => {
      // A reader who left ends the request: that says nothing about the file.
      const problem = problemOf(failure, signal);
      if (problem) await note({ result: 'lost', problem });
      else left(claim);
    },
    left: () => left(claim),
  };
}

// A part says how long the whole is, and the first part also what it is.
function partProblem(claim: FileClaim, file: OpenFile, head: Uint8Array): EvidenceProblem | null {
  const total = totalOf(file);
  const isJudged = beginsAtZero(file) && file.status !== 304 && (head.length >= KIND_BYTES || (total !== null && head.length >= total));
  return (isJudged ? headProblem(claim, head) : null) ?? (total === null ? null : sizeProblem(claim, total));
}

function beginsAtZero({ status, contentRange }: OpenFile): boolean {
  return status === 200 || (status === 206 && /^bytes 0-/.test(contentRange ?? ''));
}

function totalOf({ status, contentLength, contentRange }: OpenFile): number | null {
  if (status === 200) return contentLength;
  const total = /^bytes \d+-\d+\/(\d+)$/.exec(contentRange ?? '')?.[1];
  return total === undefined ? null : Number(total);
}

// Players ask for `bytes=0-` and are answered 206 with everything.
function isWhole({ status, contentRange }: OpenFile): boolean {
  if (status === 200) return true;
  const range = /^bytes 0-(\d+)\/(\d+)$/.exec(contentRange ?? '');
  return range !== null && Number(range[1]) + 1 === Number(range[2]);
}
