'use client';

import { useEffect, useState } from 'react';
import type { Size } from '@/lib/domain/geometry';
import type { Orientation } from '@/lib/domain/orientation';
import type { EvidenceFile } from '@/lib/domain/verification';
import { type CutPicture, decodePicture } from './decode-picture';
import { takeEvidence } from './evidence-memory';
import { frameOfClip } from './frame-of-clip';

/** What is known of a file while it is fetched and looked into. `type` is the media type it was delivered with. */
export type PictureState =
  | { status: 'loading' }
  | ReadyPicture
  | { status: 'video' }
  | { status: 'unnamed' }
  | { status: 'missing' }
  | { status: 'failed'; sentence: string }
  | { status: 'unreadable'; bytes: number; type: string };

/** A picture that can be drawn. `bitmap` is the whole of it, of a very large one in fewer pixels than `size`; `cut` has its own. */
export interface ReadyPicture {
  status: 'ready';
  bitmap: ImageBitmap;
  size: Size;
  orientation: Orientation;
  cut: CutPicture | null;
  close: () => void;
  bytes: number | null;
  type: string;
  frameTimeMs?: number;
}

/** Where the browser fetches an evidence file from. */
export function fileUrl(name: string): string {
  return `/api/files/${encodeURIComponent(name)}`;
}

/**
 * Fetches and decodes a picture; of a clip the one frame its faces were found in, where that is known. `retry` starts over.
 * The bitmap is closed when the component goes.
 */
export function usePicture(
  file: EvidenceFile | undefined,
  frameTimeMs: number | null = null,
): { picture: PictureState; retry: () => void } {
  const name = file?.name ?? null;
  const isVideo = file?.contentType?.startsWith('video/') ?? false;
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<PictureState>({ status: 'loading' });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is a reason to fetch again
  useEffect(() => {
    if (name === null || (isVideo && frameTimeMs === null)) return;
    const leaving = new AbortController();
    let close: (() => void) | null = null;
    const reading =
      isVideo && frameTimeMs !== null ? readFrame(name, frameTimeMs, file, leaving.signal) : readPicture(name, leaving.signal);
    reading
      .catch((): PictureState => ({ status: 'failed', sentence: 'The file could not be fetched: the connection failed.' }))
      .then((next) => {
        if (next.status === 'ready') close = next.close;
        if (leaving.signal.aborted) close?.();
        else setState(next);
      });
    return () => {
      leaving.abort();
      close?.();
    };
  }, [name, isVideo, frameTimeMs, attempt]);

  const retry = () => {
    setState({ status: 'loading' });
    setAttempt((count) => count + 1);
  };
  if (name === null) return { picture: { status: 'unnamed' }, retry };
  return { picture: isVideo && frameTimeMs === null ? { status: 'video' } : state, retry };
}

// A clip the browser cannot play, or cannot get, falls back to the player, which says what is wrong.
async function readFrame(name: string, frameTimeMs: number, file: EvidenceFile | undefined, signal: AbortSignal): Promise<PictureState> {
  const bitmap = await frameOfClip(fileUrl(name), frameTimeMs, signal).catch(() => null);
  if (!bitmap) return { status: 'video' };
  const size = { width: bitmap.width, height: bitmap.height };
  const about = { bytes: file?.size ?? null, type: file?.contentType ?? '', frameTimeMs };
  return { status: 'ready', bitmap, size, orientation: 1, cut: null, close: () => bitmap.close(), ...about };
}

async function readPicture(name: string, signal: AbortSignal): Promise<PictureState> {
  const { status, type, blob } = await takeEvidence(name, signal);
  if (status === 404) return { status: 'missing' };
  if (status === 401) return { status: 'failed', sentence: 'Your session has ended. Sign in again to see the file.' };
  if (type.startsWith('video/')) return { status: 'video' };
  if (!blob) return { status: 'failed', sentence: `The file could not be fetched (HTTP ${status}).` };
  try {
    return { status: 'ready', ...(await decodePicture(blob, signal)), bytes: blob.size, type };
  } catch {
    return { status: 'unreadable', bytes: blob.size, type };
  }
}
