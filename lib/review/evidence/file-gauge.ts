import { createHash } from 'node:crypto';
import { type FileClaim, headProblem, sizeProblem } from '@/lib/domain/evidence-claim';
import { type EvidenceProblem, TOO_LARGE } from '@/lib/domain/evidence-problem';
import { KIND_BYTES } from '@/lib/domain/file-kind';

/** What became of reading a file. Only bytes that can be the claimed file have a hash. */
export type ReadOutcome = { result: 'seen'; sha256: string; size: number } | { result: 'foreign' | 'lost'; problem: EvidenceProblem };

/** No upstream keeps more; a stream without an end must not be read for ever. */
const BYTES_MAX = 4 * 1024 ** 3;

/** Measures a file as its bytes pass: hash, length and first bytes, held against what its record says. Keeps no more than its head. */
export interface FileGauge {
  /** Takes the next bytes. Returns why they cannot be the file as soon as that is certain. */
  push(chunk: Uint8Array): EvidenceProblem | null;
  /** Ends the file. */
  end(): ReadOutcome;
}

export function fileGauge(claim: FileClaim): FileGauge {
  const hash = createHash('sha256');
  let head = Buffer.alloc(0);
  let size = 0;
  const push = (chunk: Uint8Array): EvidenceProblem | null => {
    const before = head.length;
    if (before < KIND_BYTES) head = Buffer.concat([head, chunk.subarray(0, KIND_BYTES - before)]);
    size += chunk.byteLength;
    hash.update(chunk);
    if (size > BYTES_MAX) return TOO_LARGE;
    return before < KIND_BYTES && head.length === KIND_BYTES ? headProblem(claim, head) : null;
  };
  const end = (): ReadOutcome => {
    const problem = headProblem(claim, head) ?? sizeProblem(claim, size);
    return problem === null ? { result: 'seen', sha256: hash.digest('hex'), size } : { result: 'foreign', problem };
  };
  return { push, end };
}
