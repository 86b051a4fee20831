import type { StagePoint } from '@/lib/domain/geometry';

/** Where the pointer is on a canvas; it moves too often for React. */
export class PointerPlace {
  /** Null while it is elsewhere. */
  at: StagePoint | null = null;
  readonly #listeners = new Set<() => void>();

  /** Calls `listener` after every move; answers how to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  moveTo(point: StagePoint | null): void {
    this.at = point;
    for (const listener of this.#listeners) listener();
  }
}
