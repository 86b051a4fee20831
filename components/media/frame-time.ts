/** A browser that has a frame reports it within this; a page in the background may take longer, and then the frame is unknown. */
const REPORTED_WITHIN_MS = 5_000;
/** The report of the frame before a seek may still arrive after it; that of the new one follows within this. */
const SETTLED_WITHIN_MS = 60;
/** Browsers round times to microseconds. */
const SAME_S = 0.0005;

/** Whether this browser reports which frame it draws. */
export function reportsFrames(): boolean {
  return 'requestVideoFrameCallback' in HTMLVideoElement.prototype;
}

/** Returns where the frame begins that a clip holds at this moment, in seconds, read off the frame itself; null where the browser cannot. */
export function heldFrame(video: HTMLVideoElement): number | null {
  if (typeof VideoFrame === 'undefined') return null;
  try {
    const frame = new VideoFrame(video);
    const { timestamp } = frame;
    frame.close();
    return timestamp / 1e6;
  } catch {
    // There is no frame yet.
    return null;
  }
}

/** Returns whether two times name the same frame. */
export function isSameFrame(one: number | null, other: number | null): boolean {
  return one !== null && other !== null && Math.abs(one - other) < SAME_S;
}

/** The frames a clip draws from now on, by their own times. */
export class DrawnFrames {
  #handle = 0;
  #last: number | null = null;
  #changed: (() => void) | null = null;

  constructor(readonly video: HTMLVideoElement) {
    this.#follow();
  }

  /**
   * Resolves to where the frame begins that is on the screen after a seek has ended; null when the browser does not say. `before` is the
   * frame that was held when the seek began.
   */
  async settled(before: number | null): Promise<number | null> {
    const canAsk = heldFrame(this.video) !== null;
    const deadline = performance.now() + REPORTED_WITHIN_MS;
    while (performance.now() < deadline) {
      // The frame drawn last has to be the frame the clip holds.
      if (canAsk && isSameFrame(this.#last, heldFrame(this.video))) {
        if (!isSameFrame(this.#last, before) || !(await this.#next(SETTLED_WITHIN_MS))) break;
        continue;
      }
      const isLate = this.#last !== null && !canAsk;
      if (!(await this.#next(isLate ? SETTLED_WITHIN_MS : deadline - performance.now()))) break;
    }
    this.stop();
    return canAsk && !isSameFrame(this.#last, heldFrame(this.video)) ? null : this.#last;
  }

  stop(): void {
    this.video.cancelVideoFrameCallback(this.#handle);
  }

  /** Resolves to whether another frame was drawn in time. */
  #next(withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), withinMs);
      this.#changed = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  #follow(): void {
    this.#handle = this.video.requestVideoFrameCallback((_now, { mediaTime }) => {
      this.#last = mediaTime;
      this.#changed?.();
      this.#follow();
    });
  }
}
