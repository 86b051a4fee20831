/** Which places are on the screen: kept apart from what draws the rows, so that scrolling draws only whoever shows it. */
export class RangeStore {
  #range = { first: 0, last: 0 };
  readonly #listeners = new Set<() => void>();

  get = (): { first: number; last: number } => this.#range;

  set(first: number, last: number): void {
    if (first === this.#range.first && last === this.#range.last) return;
    this.#range = { first, last };
    for (const listener of this.#listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
}
