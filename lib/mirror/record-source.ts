import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  type IBackoff,
  type IBackoffFactory,
  type IHalfOpenAfterBackoffContext,
} from 'cockatiel';
import type { Direction } from '@/lib/domain/grid-query';
import type { RecordFlaw } from '@/lib/domain/record-flaw';
import { Refusal } from '@/lib/domain/refusal';
import { getVerification, type UpstreamRecord } from '@/lib/upstream/get';
import { listRecords, type RecordPage } from '@/lib/upstream/list-records';
import { type RecordRow, rowOfRecord } from './row-of-record';

/** An entry of a page as the index takes it. */
export interface SourceEntry {
  /** Null when it has none that could be read. */
  id: number | null;
  /** Null when it cannot be kept. */
  row: RecordRow | null;
  /** Why not; null when it can. */
  flaw: RecordFlaw | null;
}

export type SourcePage = RecordPage<SourceEntry>;

/** Where the index takes records from. Both throw a Refusal `upstream-*`, `record` also `not-found`. */
export interface RecordSource {
  /** A page of the list by verificationId; `limit` is at most 100. */
  page(direction: Direction, offset: number, limit: number, signal?: AbortSignal): Promise<SourcePage>;
  record(id: number, signal?: AbortSignal): Promise<UpstreamRecord>;
}

/** The upstream as it is. */
export const UPSTREAM: RecordSource = {
  page: (direction, offset, limit, signal) =>
    listRecords({ direction, offset, limit }, ({ id, record, flaw }) => ({ id, row: record && rowOfRecord(record), flaw }), signal),
  record: getVerification,
};

const FAILURES_MAX = 5;
const FIRST_REST_MS = 2_000;
const LONGEST_REST_MS = 60_000;

/**
 * The upstream behind a circuit breaker: after five failures in a row nothing is asked for a while, first 2 s, at most a
 * minute, and then one request tries. Meanwhile everything is refused at once as `upstream-unavailable`, with the last failure's own
 * sentence and the seconds until the next try.
 */
export function guardedUpstream(): RecordSource {
  let nextTryAt = 0;
  const rest = new ExponentialBackoff<IHalfOpenAfterBackoffContext>({ initialDelay: FIRST_REST_MS, maxDelay: LONGEST_REST_MS });
  const breaker = circuitBreaker(handleWhen(isTrouble), {
    breaker: new ConsecutiveBreaker(FAILURES_MAX),
    halfOpenAfter: noted(rest, (milliseconds) => {
      nextTryAt = Date.now() + milliseconds;
    }),
  });
  const guarded = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await breaker.execute(ask);
    } catch (failure) {
      throw failure instanceof BrokenCircuitError ? resting(breaker.lastFailure, nextTryAt) : failure;
    }
  };
  return {
    page: (...asked) => guarded(() => UPSTREAM.page(...asked)),
    record: (...asked) => guarded(() => UPSTREAM.record(...asked)),
  };
}

let kept: RecordSource | undefined;

/** The one source of this process: its breaker counts for all who ask. */
export function recordSource(): RecordSource {
  kept ??= guardedUpstream();
  return kept;
}

/** The same with its breaker closed: somebody wants a try now. */
export function renewedSource(): RecordSource {
  kept = guardedUpstream();
  return kept;
}

function isTrouble(failure: unknown): boolean {
  return failure instanceof Refusal && failure.code.startsWith('upstream-');
}

type Rests = IBackoffFactory<IHalfOpenAfterBackoffContext>;

/** The same pauses; `note` is called with the length of each as it begins. */
function noted(rests: Rests, note: (milliseconds: number) => void): Rests {
  return {
    next(context): IBackoff<IHalfOpenAfterBackoffContext> {
      const rest = rests.next(context);
      note(rest.duration);
      return { duration: rest.duration, next: (later) => noted(rest, note).next(later) };
    },
  };
}

function resting(last: object | undefined, nextTryAt: number): Refusal {
  const cause = last && 'error' in last && last.error instanceof Refusal ? `${last.error.message} ` : '';
  return new Refusal('upstream-unavailable', `${cause}After ${FAILURES_MAX} failures in a row the console pauses its requests.`, {
    retryAfter: Math.max(1, Math.ceil((nextTryAt - Date.now()) / 1000)),
  });
}
