import { sendsParts } from '../media/peek-file';
import { isFrameOf, isSeekable, takeFrame } from '../media/show-frame';
import { holdWholeClip } from '../media/whole-clip';
import { evidenceUrl } from './evidence-memory';

/** A seek lands on the frame shown at that moment; rounding to milliseconds must not lead to the one before. */
const INTO_THE_FRAME_S = 0.002;

/** One frame of a clip as a picture, upright and in the clip's own size. */
export interface ClipFrame {
  bitmap: ImageBitmap;
  /** Lets go of the clip, where it had to be fetched whole. */
  letGo: () => void;
}

/**
 * Takes the frame of a clip at `timeMs` milliseconds. A clip whose service sends no parts is fetched whole. Resolves to null where the clip
 * ends before that moment, or the frame cannot be named. Rejects when the browser cannot play the clip.
 */
export async function frameOfClip(name: string, timeMs: number, signal: AbortSignal): Promise<ClipFrame | null> {
  const inParts = await frameFrom(evidenceUrl(name), timeMs, signal).catch(async (failure) => {
    // A clip that says only at its end how it is to be read cannot even be opened without parts.
    if (signal.aborted || (await sendsParts(name, signal))) throw failure;
    return 'not-seekable' as const;
  });
  if (inParts !== 'not-seekable') return inParts && { bitmap: inParts, letGo: () => {} };
  const { url, letGo } = holdWholeClip(name);
  signal.addEventListener('abort', letGo, { once: true });
  const whole = await url;
  const bitmap = whole === null || signal.aborted ? null : await frameFrom(whole, timeMs, signal).catch(() => null);
  if (bitmap && bitmap !== 'not-seekable') return { bitmap, letGo };
  letGo();
  return null;
}

async function frameFrom(url: string, timeMs: number, signal: AbortSignal): Promise<ImageBitmap | null | 'not-seekable'> {
  const video = document.createElement('video');
  try {
    video.muted = true;
    video.playsInline = true;
    video.preload = 'auto';
    video.src = url;
    await loaded(video, signal);
    if (!isSeekable(video)) return 'not-seekable';
    const at = timeMs / 1000;
    const frame = await takeFrame(video, at + INTO_THE_FRAME_S, () => createImageBitmap(video));
    // Only now it may be known how long the clip is, and that it cannot be led anywhere.
    if (!frame) return isSeekable(video) && Number.isFinite(video.duration) ? null : 'not-seekable';
    if (isFrameOf(frame.begins, at, video.duration)) return frame.taken;
    frame.taken.close();
    return null;
  } finally {
    // Without this the browser keeps the connection and the decoder of a clip nobody sees.
    video.removeAttribute('src');
    video.load();
  }
}

function loaded(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    video.addEventListener('loadeddata', () => resolve(), { once: true, signal });
    video.addEventListener('error', () => reject(new Error('The clip cannot be played.')), { once: true, signal });
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
