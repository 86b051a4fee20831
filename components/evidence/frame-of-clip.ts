/** A seek lands on the frame shown at that moment; rounding to milliseconds must not lead to the one before. */
const INTO_THE_FRAME_S = 0.002;

/**
 * One frame of a clip as a picture, upright and in the clip's own size. Rejects when the browser cannot play the clip.
 * `timeMs` is in milliseconds from its start.
 */
export async function frameOfClip(url: string, timeMs: number, signal: AbortSignal): Promise<ImageBitmap> {
  const video = document.createElement('video');
  try {
    video.muted = true;
    video.playsInline = true;
    video.preload = 'auto';
    video.src = url;
    await once(video, 'loadeddata', signal);
    const seeked = once(video, 'seeked', signal);
    video.currentTime = timeMs / 1000 + INTO_THE_FRAME_S;
    await seeked;
    return await createImageBitmap(video);
  } finally {
    // Without this the browser keeps the connection and the decoder of a clip nobody sees.
    video.removeAttribute('src');
    video.load();
  }
}

function once(video: HTMLVideoElement, event: 'loadeddata' | 'seeked', signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    video.addEventListener(event, () => resolve(), { once: true, signal });
    video.addEventListener('error', () => reject(new Error('The clip cannot be played.')), { once: true, signal });
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
