'use client';

import { useEffect, useState } from 'react';
import { KIND_FACTS } from '@/lib/domain/file-kind';
import type { EvidenceFile } from '@/lib/domain/verification';
import { peekDecoded } from '../media/decode-ahead';
import { inTime } from '../media/in-time';
import { peekFile } from '../media/peek-file';
import type { PictureState } from '../media/picture-state';
import { type NamedFile, readEvidence } from '../media/read-evidence';
import { frameOfClip } from './frame-of-clip';

export type { PictureState, ReadyPicture } from '../media/picture-state';
export { evidenceUrl as fileUrl } from './evidence-memory';

/** A clip that drips is left to the player, which says so. */
const FRAME_WITHIN_MS = 60_000;
const PEEK_WITHIN_MS = 10_000;

const LOADING: PictureState = { status: 'loading' };

/**
 * Fetches and decodes a picture; of a clip the one frame its faces were found in, where that is known. One that was decoded ahead is
 * there at the first rendering. `retry` starts over.
 * The bitmap is closed when the component goes.
 */
export function usePicture(
  file: EvidenceFile | undefined,
  frameTimeMs: number | null = null,
): { picture: PictureState; retry: () => void } {
  const name = file?.name ?? null;
  const isVideo = file?.contentType?.startsWith('video/') ?? false;
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<PictureState>(() => (name !== null && peekDecoded(name)) || LOADING);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is a reason to fetch again
  useEffect(() => {
    if (name === null) return;
    setState(peekDecoded(name) ?? LOADING);
    const leaving = new AbortController();
    let close: (() => void) | null = null;
    const named = { name, contentType: file?.contentType ?? null };
    const reading = isVideo ? readClip(named, frameTimeMs, file?.size ?? null, leaving.signal) : readEvidence(named, leaving.signal);
    reading
      .catch((): PictureState => ({ status: 'failed', sentence: 'The file could not be fetched: the connection failed.' }))
      .then((next) => {
        if (next.status === 'ready' || next.status === 'page') close = next.close;
        if (leaving.signal.aborted) close?.();
        else setState(next);
      });
    return () => {
      leaving.abort();
      close?.();
    };
  }, [name, isVideo, frameTimeMs, attempt]);

  const retry = () => setAttempt((count) => count + 1);
  return { picture: name === null ? { status: 'unnamed' } : state, retry };
}

// A clip the browser cannot play, or cannot get, goes to the player, which says what is wrong; what is no clip at all is read.
async function readClip(file: NamedFile, frameTimeMs: number | null, bytes: number | null, signal: AbortSignal): Promise<PictureState> {
  const { name, contentType } = file;
  const take = (until: AbortSignal) => (frameTimeMs === null ? Promise.resolve(null) : frameOfClip(name, frameTimeMs, until));
  const frame = await inTime(take, FRAME_WITHIN_MS, signal).catch(() => null);
  if (frame && frameTimeMs !== null) {
    const { bitmap, letGo } = frame;
    const size = { width: bitmap.width, height: bitmap.height };
    const close = () => {
      bitmap.close();
      letGo();
    };
    const drawn = { bitmap, size, orientation: 1 as const, cut: null, close };
    return { status: 'ready', ...drawn, bytes, type: contentType ?? '', frameTimeMs, about: null };
  }
  const peek = await inTime((until) => peekFile(name, until), PEEK_WITHIN_MS, signal).catch(() => 'unreachable' as const);
  if (peek === 'missing') return { status: 'missing' };
  if (typeof peek === 'object') return { status: 'failed', ...peek };
  return peek === 'unreachable' || peek === 'unknown' || KIND_FACTS[peek].shown === 'clip'
    ? { status: 'video' }
    : readEvidence(file, signal);
}
