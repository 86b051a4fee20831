'use client';

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Size } from '@/lib/domain/geometry';
import { heldFrame, isSameFrame, reportsFrames } from './frame-time';
import { isFrameOf, isSeekable, type Reached, showFrame } from './show-frame';
import { type FrameSource, stepBack, stepOn } from './step-frame';
import { type ClipSource, useClipSource } from './use-clip-source';

/** What is known of a clip at this moment. Times in seconds. */
export interface ClipState {
  /** Null until its beginning has arrived. */
  size: Size | null;
  duration: number;
  at: number;
  /** Where the frame on the screen begins, read back off it; null while that is unknown. */
  frame: number | null;
  playing: boolean;
  rate: number;
  silent: boolean;
  /** Where the frame begins that the faces were found in; null while it is unknown. */
  facesAt: number | null;
  /** The clip ends before the moment its faces are said to be found at. */
  endsBefore: boolean;
}

/** A clip and everything one can do to it. */
export interface Clip {
  video: RefObject<HTMLVideoElement | null>;
  source: ClipSource;
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
export const INTO_THE_FRAME_S = 0.002;
/** Clips written while they were recorded do not say how long they are; a seek beyond any end finds out. */
const BEYOND_THE_END_S = 1e7;

const UNKNOWN: ClipState = {
  ...{ size: null, duration: 0, at: 0, frame: null, playing: false, rate: 1, silent: true },
  ...{ facesAt: null, endsBefore: false },
};

/** `frameTimeMs` is where the faces were found; the clip begins there. `onError` is told of a clip that cannot be played. */
export function useClip(name: string, frameTimeMs: number | null, onError: () => void): Clip {
  const video = useRef<HTMLVideoElement>(null);
  const source = useClipSource(name, onError);
  const [state, setState] = useState(UNKNOWN);
  const frame = useRef<number | null>(null);
  const usual = useRef<number | null>(null);
  const put = useCallback((change: Partial<ClipState>) => {
    if (change.frame !== undefined) frame.current = change.frame;
    setState((now) => ({ ...now, ...change }));
  }, []);
  useOpening(video, source, frameTimeMs, put);
  const alone = useAlone(video);

  const show = async (element: HTMLVideoElement, at: number): Promise<number | null> => {
    put({ frame: null });
    const reached = await showFrame(element, at);
    if (reached === 'elsewhere') source.needWhole();
    const begins = beginOf(reached);
    put({ at: begins ?? element.currentTime, frame: begins });
    return begins;
  };
  return {
    video,
    source,
    state,
    toggle: () => {
      const element = video.current;
      if (!element) return;
      // A refusal to play is said by the element's own error event.
      if (element.paused) void element.play().catch(() => undefined);
      else element.pause();
    },
    goTo: (at) => void alone(async (element) => void (await show(element, at))),
    step: (direction) =>
      void alone(async (element) => {
        const before = frame.current;
        // From a frame that is unknown there is no next one.
        if (before === null) return;
        const frames: FrameSource = { shown: before, duration: element.duration, show: async (at) => (await show(element, at)) ?? before };
        const begins = direction > 0 ? await stepOn(frames, usual.current) : await stepBack(frames);
        if (begins !== before) usual.current = Math.abs(begins - before);
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

/** Leads a clip to the frame its faces were found in, as soon as it can be led anywhere, and follows what is played from then on. */
function useOpening(
  video: RefObject<HTMLVideoElement | null>,
  { url, needWhole }: ClipSource,
  frameTimeMs: number | null,
  put: (change: Partial<ClipState>) => void,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another clip to the element
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const begin = async () => {
      const size = { width: element.videoWidth, height: element.videoHeight };
      put({ size, duration: lengthOf(element), at: element.currentTime, frame: null, facesAt: null });
      if (!isSeekable(element)) return needWhole();
      if (!Number.isFinite(element.duration)) await showFrame(element, BEYOND_THE_END_S);
      const wanted = frameTimeMs === null ? null : frameTimeMs / 1000;
      let reached = await showFrame(element, wanted === null ? 0 : wanted + INTO_THE_FRAME_S);
      const found = beginOf(reached);
      const isOver = wanted !== null && found !== null && !isFrameOf(found, wanted, element.duration);
      if (isOver) reached = await showFrame(element, 0);
      if (signal.aborted) return;
      if (reached === 'elsewhere') return needWhole();
      const begins = beginOf(reached);
      put({
        ...{ size, duration: lengthOf(element), at: begins ?? element.currentTime, frame: begins },
        ...{ facesAt: frameTimeMs === null || isOver ? null : begins, endsBefore: isOver },
      });
    };
    if (element.readyState >= HTMLMediaElement.HAVE_METADATA) void begin();
    else element.addEventListener('loadedmetadata', () => void begin(), { once: true, signal });
    for (const type of ['play', 'pause', 'ended'] as const)
      element.addEventListener(type, () => put({ playing: !element.paused && !element.ended }), { signal });
    followFrames(element, signal, put);
    return () => leaving.abort();
  }, [url, frameTimeMs, put]);
}

/** Returns a way to act on a clip, one act after the other. Of what is asked meanwhile the last counts: where a slider was let go. */
function useAlone(video: RefObject<HTMLVideoElement | null>) {
  const busy = useRef(false);
  const waiting = useRef<((element: HTMLVideoElement) => Promise<void>) | null>(null);
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
  return alone;
}

// Nobody knows yet how long a clip is that was written while it was recorded.
const lengthOf = ({ duration }: HTMLVideoElement): number => (Number.isFinite(duration) ? duration : 0);

const beginOf = (reached: Reached): number | null => (typeof reached === 'object' ? reached.begins : null);

// While it plays, the browser reports the frames it draws, where it can; else only the clock of the clip is known. A paused clip may draw late
// what was asked for: that is taken where it is the frame the clip holds.
function followFrames(video: HTMLVideoElement, signal: AbortSignal, put: (change: Partial<ClipState>) => void): void {
  if (!reportsFrames()) {
    video.addEventListener('timeupdate', () => put({ at: video.currentTime, frame: null }), { signal });
    return;
  }
  const next = () =>
    video.requestVideoFrameCallback((_now, { mediaTime }) => {
      if (signal.aborted) return;
      if (!video.paused || (!video.seeking && isSameFrame(mediaTime, heldFrame(video)))) put({ at: mediaTime, frame: mediaTime });
      next();
    });
  next();
}
