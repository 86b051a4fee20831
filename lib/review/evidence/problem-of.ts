import { BROKE_OFF, type EvidenceProblem, httpProblem, TIMEOUT, UNREACHABLE, UNREADABLE } from '@/lib/domain/evidence-problem';
import { Refusal } from '@/lib/domain/refusal';
import { upstreamStatusOf } from '@/lib/upstream/refuse';

/** Statuses that speak of the caller, never of the file. */
const OF_THE_CALLER = [401, 402, 416, 429];
const TIMEOUT_CODES = ['UND_ERR_BODY_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT'];

/**
 * Returns what a failed read says about the file, null when it says nothing about it: the key or a usage limit was refused, or the
 * reader gave up. Throws on what is no failure of a read.
 */
export function problemOf(failure: unknown, signal?: AbortSignal): EvidenceProblem | null {
  if (signal?.aborted) return isTimeout(signal.reason) ? TIMEOUT : null;
  if (isTimeout(failure)) return TIMEOUT;
  if (failure instanceof Refusal) return problemOfRefusal(failure);
  if (failure instanceof Error && 'code' in failure && typeof failure.code === 'string') return BROKE_OFF;
  throw failure;
}

function problemOfRefusal(refusal: Refusal): EvidenceProblem | null {
  const status = upstreamStatusOf(refusal);
  if (status !== null) return OF_THE_CALLER.includes(status) ? null : httpProblem(status);
  if (refusal.code === 'upstream-timeout') return TIMEOUT;
  if (refusal.code === 'upstream-unreadable') return UNREADABLE;
  return refusal.code === 'upstream-unavailable' ? UNREACHABLE : null;
}

function isTimeout(failure: unknown): boolean {
  if (!(failure instanceof Error)) return false;
  return failure.name === 'TimeoutError' || ('code' in failure && TIMEOUT_CODES.includes(String(failure.code)));
}
