/** A file of 50 MB comes within this over 3 Mbit/s. */
export const EVIDENCE_PATIENCE_MS = 120_000;

/** It took longer than anybody waits: a sender that drips never ends by itself. */
export class TooLate extends Error {}

/**
 * Resolves to what `work` resolves to, and rejects with `TooLate` once `ms` have passed; its signal is then aborted, as it is by `outer`,
 * with whose reason this rejects.
 */
export function inTime<Result>(work: (signal: AbortSignal) => Promise<Result>, ms: number, outer: AbortSignal): Promise<Result> {
  const own = new AbortController();
  return new Promise<Result>((resolve, reject) => {
    const end = (reason: unknown) => {
      own.abort(reason);
      reject(reason);
    };
    const left = () => end(outer.reason);
    const timer = setTimeout(() => end(new TooLate(`It took longer than ${ms / 1000} seconds.`)), ms);
    outer.addEventListener('abort', left, { once: true });
    if (outer.aborted) left();
    work(own.signal)
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
        outer.removeEventListener('abort', left);
      });
  });
}
