/** A clip seen as single frames. Times are seconds of the clip; a frame is named by the time it begins at. */
export interface FrameSource {
  /** Where the frame on the screen begins. */
  shown: number;
  duration: number;
  /** Shows the frame of a moment, and answers where that frame begins. */
  show: (at: number) => Promise<number>;
}

/** Two times closer than this are one: browsers round. */
const SAME_S = 0.0005;
/** Into the frame before. */
const BEFORE_S = 0.001;
const FIRST_GUESS_S = 0.02;
/** Containers round the beginnings of frames to milliseconds. */
const ROUNDING = 0.1;

/** The frame before the one on the screen. A frame ends where the next begins, so no rate has to be known. */
export function stepBack({ shown, show }: FrameSource): Promise<number> {
  return show(Math.max(0, shown - BEFORE_S));
}

/**
 * The frame right after the one on the screen, whatever the rate of the clip, even a changing one: looks for any later frame, then
 * walks back to the first of them. `usual` is the length of the frame before, null while it is unknown.
 */
export async function stepOn({ shown, duration, show }: FrameSource, usual: number | null): Promise<number> {
  let later = shown;
  for (let ahead = (usual || FIRST_GUESS_S) * 1.5; later <= shown + SAME_S; ahead *= 2) {
    later = await show(Math.min(shown + ahead, duration));
    if (shown + ahead >= duration && later <= shown + SAME_S) return shown;
  }
  // A frame of the usual length away is the next one; anything else may have skipped some.
  while (usual === null || Math.abs(later - shown - usual) > usual * ROUNDING) {
    const before = await show(later - BEFORE_S);
    if (before <= shown + SAME_S) return show(later + BEFORE_S);
    later = before;
  }
  return later;
}
