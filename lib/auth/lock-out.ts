const FREE_TRIES = 5;
const FIRST_SECONDS = 30;
const LONGEST_SECONDS = 15 * 60;

/** Seconds an account is locked after its n-th wrong password in a row: none before the 5th, then 30 s doubling up to 15 min. */
export function lockSeconds(failures: number): number {
  if (failures < FREE_TRIES) return 0;
  return Math.min(FIRST_SECONDS * 2 ** (failures - FREE_TRIES), LONGEST_SECONDS);
}

/** Returns the whole seconds until a lock ends, at least 1. */
export function lockedFor(until: Date | null, now = Date.now()): number {
  return Math.max(1, Math.ceil(((until?.getTime() ?? now) - now) / 1000));
}

const WINDOW_MS = 10 * 60_000;
const FAILURES_MAX = 50;
const ADDRESSES_MAX = 10_000;

/**
 * Wrong sign-ins by address, in the memory of this process: it slows down who tries many names, which no account's own
 * lock sees. Every failure counts, for known names too; else the count would tell them apart.
 */
export class FailuresByAddress {
  readonly #windows = new Map<string, { count: number; endsAt: number; blocked: number }>();

  isBlocked(address: string | null, now = Date.now()): boolean {
    const window = this.#windows.get(address ?? '');
    return window !== undefined && window.endsAt > now && window.count >= FAILURES_MAX;
  }

  /**
   * Counts a try of a blocked address, and answers how many there were when that is to be written down, else null: at the first and
   * whenever their number has doubled. Whoever tries a million times leaves 20 entries in the log, not a million.
   */
  countBlocked(address: string | null): number | null {
    const window = this.#windows.get(address ?? '');
    if (!window) return null;
    window.blocked += 1;
    return Number.isInteger(Math.log2(window.blocked)) ? window.blocked : null;
  }

  count(address: string | null, now = Date.now()): void {
    const key = address ?? '';
    const window = this.#windows.get(key);
    if (window && window.endsAt > now) {
      window.count += 1;
      return;
    }
    this.#windows.delete(key);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size >= ADDRESSES_MAX && oldest !== undefined) this.#windows.delete(oldest);
    this.#windows.set(key, { count: 1, endsAt: now + WINDOW_MS, blocked: 0 });
  }
}
