'use client';

import { useEffect, useRef, useState } from 'react';
import { type ServerFrame, serverFrame } from './server-frame';

/** A slider that is dragged asks for a frame once it rests. */
const REST_MS = 250;
/** Players show the frame of a moment a little later, so that rounding does not lead to the one before. */
const INTO_THE_FRAME_MS = 2;

export interface FramesOfServer {
  /** The newest frame that came, and its address while it is shown. */
  shown: (ServerFrame & { url: string }) | null;
  /** Why there is none, or no other than the one shown. */
  problem: string | null;
  loading: boolean;
  /** The moment that was asked for, in milliseconds. */
  wanted: number;
  want: (ms: number) => void;
  /** Where the frame begins that the faces were found in; null while that is unknown. */
  facesAt: number | null;
}

/** Frames of a clip one at a time, from the server. Begins with the one the faces were found in. */
export function useServerFrame(name: string, frameTimeMs: number | null): FramesOfServer {
  const [wanted, setWanted] = useState(frameTimeMs ?? 0);
  const [shown, setShown] = useState<(ServerFrame & { url: string }) | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [loading, setLoading] = useState(true);
  const [facesAt, setFacesAt] = useState<number | null>(null);
  const isFirst = useRef(true);

  useEffect(() => {
    const leaving = new AbortController();
    setLoading(true);
    const fetchIt = async () => {
      const asked = wanted === frameTimeMs ? wanted + INTO_THE_FRAME_MS : wanted;
      const frame = await serverFrame(name, asked, leaving.signal).catch(() => 'The frame could not be fetched: the connection failed.');
      if (leaving.signal.aborted) return;
      setLoading(false);
      if (typeof frame === 'string') return setProblem(frame);
      setProblem(null);
      setShown({ ...frame, url: URL.createObjectURL(frame.picture) });
      if (wanted === frameTimeMs) setFacesAt(frame.timeMs);
    };
    const timer = setTimeout(() => void fetchIt(), isFirst.current ? 0 : REST_MS);
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [name, wanted, frameTimeMs]);

  const url = shown?.url;
  useEffect(() => () => (url ? URL.revokeObjectURL(url) : undefined), [url]);
  const want = (ms: number) => {
    isFirst.current = false;
    setProblem(null);
    setWanted(ms);
  };
  return { shown, problem, loading, wanted, want, facesAt };
}
