/** Longer than this no browser takes to draw a frame it has. */
const DRAWN_WITHIN_MS = 250;
/** A frame drawn before a seek ended may still be the old one; the new one follows within this. */
const SETTLED_WITHIN_MS = 60;

/** Whether this browser says which frame it draws. */
export function tellsFrames(): boolean {
  return 'requestVideoFrameCallback' in HTMLVideoElement.prototype;
}

/** Moves a clip to a moment; resolves once the frame of that moment is there, or the clip failed. */
export function seekTo(video: HTMLVideoElement, at: number): Promise<void> {
  return new Promise((resolve) => {
    for (const type of ['seeked', 'error', 'emptied'] as const) video.addEventListener(type, () => resolve(), { once: true });
    video.currentTime = at;
  });
}

/**
 * Moves a paused clip to a moment and answers where the frame that is then on the screen begins, in seconds. Without the frame
 * callback of newer browsers that is the moment itself.
 */
export async function showFrame(video: HTMLVideoElement, at: number): Promise<number> {
  if (!tellsFrames()) {
    await seekTo(video, at);
    return video.currentTime;
  }
  const drawn = new DrawnFrames(video);
  await seekTo(video, at);
  return (await drawn.last()) ?? video.currentTime;
}

/** The frames a clip draws from now on. */
class DrawnFrames {
  #handle = 0;
  #last: number | null = null;
  #next: (() => void) | null = null;

  constructor(readonly video: HTMLVideoElement) {
    this.#follow();
  }

  /** Where the last of them begins, once no other is to be expected; null when none was drawn. */
  async last(): Promise<number | null> {
    await new Promise<void>((resolve) => {
      this.#next = resolve;
      setTimeout(resolve, this.#last === null ? DRAWN_WITHIN_MS : SETTLED_WITHIN_MS);
    });
    this.video.cancelVideoFrameCallback(this.#handle);
    return this.#last;
  }

  #follow(): void {
    this.#handle = this.video.requestVideoFrameCallback((_now, { mediaTime }) => {
      this.#last = mediaTime;
      this.#next?.();
      this.#follow();
    });
  }
}
