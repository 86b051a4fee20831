/** Longer than this no browser takes to draw a frame it has. */
const DRAWN_WITHIN_MS = 250;

/**
 * Moves a paused clip to a moment and answers where the frame that is then on the screen begins, in seconds. Without the frame
 * callback of newer browsers that is the moment itself. Resolves late rather than never: a moment that was not fetched yet takes a while.
 */
export async function showFrame(video: HTMLVideoElement, at: number): Promise<number> {
  const drawn = nextFrame(video);
  await new Promise<void>((resolve) => {
    video.addEventListener('seeked', () => resolve(), { once: true });
    video.addEventListener('error', () => resolve(), { once: true });
    video.currentTime = at;
  });
  return (await drawn) ?? video.currentTime;
}

/** Whether this browser says which frame it draws. */
export function tellsFrames(): boolean {
  return 'requestVideoFrameCallback' in HTMLVideoElement.prototype;
}

/** Where the next frame that is drawn begins; null when none is drawn for a while after the clip has arrived. */
function nextFrame(video: HTMLVideoElement): Promise<number | null> {
  if (!tellsFrames()) return Promise.resolve(null);
  return new Promise((resolve) => {
    const handle = video.requestVideoFrameCallback((_now, { mediaTime }) => resolve(mediaTime));
    video.addEventListener(
      'seeked',
      () =>
        setTimeout(() => {
          video.cancelVideoFrameCallback(handle);
          resolve(null);
        }, DRAWN_WITHIN_MS),
      { once: true },
    );
  });
}
