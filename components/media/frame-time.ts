/** A browser that has a frame reports it within this; a page in the background may take longer, and then the frame is unknown. */
const REPORTED_WITHIN_MS = 5_000;
/** The report of the frame before a seek may still arrive after it; that of the new one follows within this. */
const SETTLED_WITHIN_MS = 150;
const ASKED_AGAIN_MS = 15;
/** Browsers round times to microseconds. */
const SAME_S = 0.0005;

/** Whether a frame can be asked for its own time. */
const CAN_ASK = typeof VideoFrame !== 'undefined';

/** Whether this browser reports which frame it draws. */
export function reportsFrames(): boolean {
  return 'requestVideoFrameCallback' in HTMLVideoElement.prototype;
}

/** Returns where the frame begins that a clip holds at this moment, in seconds, read off the frame itself; null where the browser cannot. */
export function heldFrame(video: HTMLVideoElement): number | null {
  if (!CAN_ASK) return null;
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

/**
 * Resolves to where the frame begins that a clip holds once a seek has ended, in seconds; null where the browser cannot say. `before` is the
 * frame it held when the seek began: where it is still that one, the new one may only be late.
 */
export async function heldAfterSeek(video: HTMLVideoElement, before: number | null): Promise<number | null> {
  const began = performance.now();
  let held = heldFrame(video);
  while (CAN_ASK && performance.now() - began < REPORTED_WITHIN_MS) {
    const isLate = held === null || (isSameFrame(held, before) && performance.now() - began < SETTLED_WITHIN_MS);
    if (!isLate) break;
    await new Promise((resolve) => setTimeout(resolve, ASKED_AGAIN_MS));
    held = heldFrame(video);
  }
  return held;
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
    const held = () => heldFrame(this.video);
    // Without a frame before there is none that could still be on the screen in place of the new one.
    const mayBeOld = () => held() !== null && (before === null || isSameFrame(held(), before));
    const deadline = performance.now() + REPORTED_WITHIN_MS;
    while (performance.now() < deadline) {
      const isOld = mayBeOld();
      // The frame drawn last has to be the frame the clip holds. Where that is the one of before, a browser need not draw it again, and
      // the new one may only be late.
      const isThere = CAN_ASK && (isOld || isSameFrame(this.#last, held()));
      if (isThere && !isOld) break;
      const isLate = isThere || (!CAN_ASK && this.#last !== null);
      if (!(await this.#next(isLate ? SETTLED_WITHIN_MS : deadline - performance.now()))) break;
    }
    this.stop();
    if (!CAN_ASK) return this.#last;
    return mayBeOld() || isSameFrame(this.#last, held()) ? held() : null;
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
