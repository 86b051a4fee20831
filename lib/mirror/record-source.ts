import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, ExponentialBackoff, handleWhen } from 'cockatiel';
import type { Direction } from '@/lib/domain/grid-query';
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
    listRecords({ direction, offset, limit }, ({ id, record }) => ({ id, row: record && rowOfRecord(record) }), signal),
  record: getVerification,
};

const FAILURES_MAX = 5;
const FIRST_REST_MS = 2_000;
const LONGEST_REST_MS = 60_000;

/**
 * The upstream behind a circuit breaker: after five failures in a row nothing is asked for a while, first 2 s, at most a
 * minute, and then one request tries. Meanwhile everything is refused as `upstream-unavailable`, at once.
 */
export function guardedUpstream(): RecordSource {
  const breaker = circuitBreaker(handleWhen(isTrouble), {
    breaker: new ConsecutiveBreaker(FAILURES_MAX),
    halfOpenAfter: new ExponentialBackoff({ initialDelay: FIRST_REST_MS, maxDelay: LONGEST_REST_MS }),
  });
  const guarded = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await breaker.execute(ask);
    } catch (failure) {
      throw failure instanceof BrokenCircuitError ? resting() : failure;
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

function isTrouble(failure: unknown): boolean {
  return failure instanceof Refusal && failure.code.startsWith('upstream-');
}

const resting = () =>
  new Refusal('upstream-unavailable', 'The verification service failed several times in a row and is left alone for a moment.', {
    retryAfter: FIRST_REST_MS / 1000,
  });
