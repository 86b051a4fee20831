/** A clip whose beginning has not come by then will hardly come. */
const BEGINS_WITHIN_MS = 30_000;

export interface ClipWatch {
  /** The clip began without a picture: sound only, or a picture this browser has no decoder for. */
  onNoPicture: () => void;
  /** It did not begin in time. */
  onLate: () => void;
  /** It broke: by the connection, or because it cannot be played. */
  onBroken: (byConnection: boolean) => void;
}

/**
 * Watches the clip below an element from its first byte on; a player's own events do not say that nothing comes, or that there is no
 * picture. Returns what ends it.
 */
export function watchClip(element: HTMLElement, { onNoPicture, onLate, onBroken }: ClipWatch): () => void {
  const leaving = new AbortController();
  const timer = setTimeout(onLate, BEGINS_WITHIN_MS);
  const { signal } = leaving;
  // Events of clips do not bubble, but they pass here on their way down.
  const begun = ({ target }: Event) => {
    clearTimeout(timer);
    if (target instanceof HTMLVideoElement && target.videoWidth === 0) onNoPicture();
  };
  element.addEventListener('loadedmetadata', begun, { capture: true, signal });
  const failed = ({ target }: Event) => {
    if (!(target instanceof HTMLVideoElement)) return;
    clearTimeout(timer);
    onBroken(target.error?.code === MediaError.MEDIA_ERR_NETWORK);
  };
  element.addEventListener('error', failed, { capture: true, signal });
  return () => {
    leaving.abort();
    clearTimeout(timer);
  };
}
