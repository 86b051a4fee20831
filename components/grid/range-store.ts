/** Milliseconds between two tellings. Read while one scrolls they need not change with every frame, which has rows to draw. */
const TELL_MS = 100;

/** Which places are on the screen: kept apart from what draws the rows, so that scrolling draws only whoever shows it, and that seldom. */
export class RangeStore {
  #told = { first: 0, last: 0 };
  #range = this.#told;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #listeners = new Set<() => void>();

  /** The range as it was last told. */
  get = (): { first: number; last: number } => this.#told;

  set(first: number, last: number): void {
    if (first === this.#range.first && last === this.#range.last) return;
    this.#range = { first, last };
    if (!this.#timer) this.#tell();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  #tell(): void {
    this.#told = this.#range;
    for (const listener of this.#listeners) listener();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#told !== this.#range) this.#tell();
    }, TELL_MS);
  }
}
