'use client';

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Size } from '@/lib/domain/geometry';
import { showFrame, tellsFrames } from './show-frame';
import { type FrameSource, stepBack, stepOn } from './step-frame';

/** What the browser says of a clip at this moment. Times in seconds. */
export interface ClipState {
  /** Null until its beginning has arrived. */
  size: Size | null;
  duration: number;
  /** Where the frame on the screen begins. */
  at: number;
  playing: boolean;
  rate: number;
  silent: boolean;
  /** Where the frame begins that the faces were found in; null while it is unknown. */
  facesAt: number | null;
}

/** A clip and everything one can do to it. */
export interface Clip {
  video: RefObject<HTMLVideoElement | null>;
  state: ClipState;
  toggle: () => void;
  /** Shows the frame of a moment, paused. */
  goTo: (at: number) => void;
  step: (direction: 1 | -1) => void;
  setRate: (rate: number) => void;
  toggleSound: () => void;
}

export const RATES = [0.1, 0.25, 0.5, 1, 2];

/** A seek lands on the frame shown at that moment; rounding to milliseconds must not lead to the one before. */
const INTO_THE_FRAME_S = 0.002;
/** Clips written while they were recorded do not say how long they are; a seek beyond any end finds out. */
const BEYOND_THE_END_S = 1e7;

const UNKNOWN: ClipState = { size: null, duration: 0, at: 0, playing: false, rate: 1, silent: true, facesAt: null };

/** `frameTimeMs` is where the faces were found; the clip begins there. */
export function useClip(frameTimeMs: number | null): Clip {
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState(UNKNOWN);
  const busy = useRef(false);
  // Of what is asked while the clip is on its way, the last counts: where a slider was let go.
  const waiting = useRef<((element: HTMLVideoElement) => Promise<void>) | null>(null);
  const shown = useRef(0);
  const usual = useRef<number | null>(null);
  const put = useCallback((change: Partial<ClipState>) => {
    if (change.at !== undefined) shown.current = change.at;
    setState((now) => ({ ...now, ...change }));
  }, []);

  useEffect(() => {
    const element = video.current;
    if (!element) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const begin = async () => {
      if (!Number.isFinite(element.duration)) await showFrame(element, BEYOND_THE_END_S);
      const at = await showFrame(element, frameTimeMs === null ? 0 : frameTimeMs / 1000 + INTO_THE_FRAME_S);
      if (signal.aborted) return;
      put({
        size: { width: element.videoWidth, height: element.videoHeight },
        duration: element.duration,
        at,
        facesAt: frameTimeMs === null ? null : at,
      });
    };
    if (element.readyState >= HTMLMediaElement.HAVE_METADATA) void begin();
    else element.addEventListener('loadedmetadata', () => void begin(), { once: true, signal });
    for (const type of ['play', 'pause', 'ended'] as const)
      element.addEventListener(type, () => put({ playing: !element.paused && !element.ended }), { signal });
    followFrames(element, signal, (at) => put({ at }));
    return () => leaving.abort();
  }, [frameTimeMs, put]);

  const alone = async (act: (element: HTMLVideoElement) => Promise<void>) => {
    const element = video.current;
    if (!element) return;
    if (busy.current) {
      waiting.current = act;
      return;
    }
    busy.current = true;
    element.pause();
    await act(element).finally(() => {
      busy.current = false;
    });
    const next = waiting.current;
    waiting.current = null;
    if (next) await alone(next);
  };
  const source = (element: HTMLVideoElement): FrameSource => ({
    shown: shown.current,
    duration: element.duration,
    show: (at) => showFrame(element, at),
  });
  return {
    video,
    state,
    toggle: () => {
      const element = video.current;
      if (!element) return;
      // A refusal to play is said by the element's own error event.
      if (element.paused) void element.play().catch(() => undefined);
      else element.pause();
    },
    goTo: (at) => void alone(async (element) => put({ at: await showFrame(element, at) })),
    step: (direction) =>
      void alone(async (element) => {
        const before = shown.current;
        const at = direction > 0 ? await stepOn(source(element), usual.current) : await stepBack(source(element));
        if (at !== before) usual.current = Math.abs(at - before);
        put({ at });
      }),
    setRate: (rate) => {
      if (video.current) video.current.playbackRate = rate;
      put({ rate });
    },
    toggleSound: () => {
      if (!video.current) return;
      video.current.muted = !video.current.muted;
      put({ silent: video.current.muted });
    },
  };
}

// While it plays, the frame on the screen is told by the browser, where it can, and else by the clock of the clip.
function followFrames(video: HTMLVideoElement, signal: AbortSignal, tell: (at: number) => void): void {
  if (!tellsFrames()) {
    video.addEventListener('timeupdate', () => tell(video.currentTime), { signal });
    return;
  }
  const next = () =>
    video.requestVideoFrameCallback((_now, { mediaTime }) => {
      if (signal.aborted) return;
      if (!video.paused) tell(mediaTime);
      next();
    });
  next();
}
