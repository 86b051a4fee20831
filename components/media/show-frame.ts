import { DrawnFrames, heldAfterSeek, heldFrame, reportsFrames } from './frame-time';

/** A seek lands here or nowhere; browsers round to microseconds. */
const REACHED_S = 0.001;
/** A seek that needs longer waits for bytes that do not come. */
const SEEK_WITHIN_MS = 20_000;
/** Records and containers round times to milliseconds. */
const ROUNDING_S = 0.0015;

/** What a seek led to: the frame there by its own time, in seconds; `unknown` where it cannot be named, `elsewhere` where the clip did not move. */
export type Reached = { begins: number } | 'unknown' | 'elsewhere';

/** Moves a paused clip to a moment and reads back which frame is on the screen then. A moment beyond the end leads to the end. */
export async function showFrame(video: HTMLVideoElement, at: number): Promise<Reached> {
  if (!reportsFrames()) return (await seekTo(video, at)) ? 'unknown' : 'elsewhere';
  const before = heldFrame(video);
  const drawn = new DrawnFrames(video);
  if (!(await seekTo(video, at))) {
    drawn.stop();
    return 'elsewhere';
  }
  const begins = await drawn.settled(before);
  return begins === null ? 'unknown' : { begins };
}

/**
 * Moves a clip that is not on the page to a moment, and has `take` draw the frame it then holds. Resolves to what was taken with the time of
 * that very frame; null where the clip did not move or the frame cannot be named.
 */
export async function takeFrame<Taken>(
  video: HTMLVideoElement,
  at: number,
  take: () => Promise<Taken> | Taken,
): Promise<{ taken: Taken; begins: number } | null> {
  const before = heldFrame(video);
  if (!(await seekTo(video, at))) return null;
  const begins = await heldAfterSeek(video, before);
  if (begins === null || begins > at + REACHED_S) return null;
  const taken = await take();
  return heldFrame(video) === begins ? { taken, begins } : null;
}

/** Whether a clip can be moved to every moment of it: a service that sends no parts leaves it at its beginning. */
export function isSeekable(video: HTMLVideoElement): boolean {
  const { seekable, duration } = video;
  // One that does not say how long it is finds out by being led to its end.
  if (!Number.isFinite(duration)) return true;
  return seekable.length > 0 && seekable.start(0) <= REACHED_S && seekable.end(seekable.length - 1) >= duration - REACHED_S;
}

/** Whether the frame that begins at `begins` is that of the moment `at`, in seconds. A clip that ends before it shows its last frame instead. */
export function isFrameOf(begins: number, at: number, duration: number): boolean {
  // Some clips state the beginning of their last frame as their length.
  return begins <= at + ROUNDING_S && (at < duration || begins >= at - ROUNDING_S);
}

/** Moves a clip; resolves to whether it went there, once it is there, failed, or waited in vain. */
function seekTo(video: HTMLVideoElement, at: number): Promise<boolean> {
  return new Promise((resolve) => {
    const done = new AbortController();
    const end = (reached: boolean) => {
      done.abort();
      clearTimeout(timer);
      resolve(reached);
    };
    const timer = setTimeout(() => end(false), SEEK_WITHIN_MS);
    const { signal } = done;
    video.addEventListener('seeked', () => end(isAt(video, at)), { signal });
    for (const type of ['error', 'emptied'] as const) video.addEventListener(type, () => end(false), { signal });
    video.currentTime = at;
  });
}

function isAt({ currentTime, duration }: HTMLVideoElement, at: number): boolean {
  const wanted = Number.isFinite(duration) ? Math.min(at, duration) : at;
  return Math.abs(currentTime - wanted) < REACHED_S;
}
