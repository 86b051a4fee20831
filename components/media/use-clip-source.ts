'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { evidenceUrl } from '../evidence/evidence-memory';
import { sendsParts } from './peek-file';
import { type HeldClip, holdWholeClip } from './whole-clip';

/** Where a clip is played from: in parts as they are looked at, or whole out of the memory of the page. `none`: it can be played, but not led to a moment. */
export interface ClipSource {
  url: string;
  kind: 'parts' | 'fetching' | 'whole' | 'none';
  /** The clip did not go where it was led: its service sends no parts, or wrong ones. */
  needWhole: () => void;
  /** The element could not play it. */
  onError: () => void;
}

/** Plays a clip in parts, and fetches it whole where it cannot be led to a moment otherwise. `onError` is told of a clip that cannot be played. */
export function useClipSource(name: string, onError: () => void): ClipSource {
  const inParts = evidenceUrl(name);
  const [whole, setWhole] = useState<{ url: string | null } | null>(null);
  const [fetching, setFetching] = useState(false);
  const held = useRef<HeldClip | null>(null);
  const hasFailed = useRef(false);
  const report = useRef(onError);
  useEffect(() => {
    report.current = onError;
  });
  useEffect(
    () => () => {
      held.current?.letGo();
      held.current = null;
    },
    [],
  );
  const needWhole = useCallback(() => {
    if (held.current) return;
    const holding = holdWholeClip(name);
    held.current = holding;
    setFetching(true);
    void holding.url.then((url) => {
      if (held.current !== holding) return;
      setFetching(false);
      setWhole({ url });
      if (url === null && hasFailed.current) report.current();
    });
  }, [name]);
  const fail = async () => {
    const isWhole = held.current !== null && !fetching;
    hasFailed.current = true;
    // A clip that says only at its end how it is to be read cannot even be opened without parts.
    if (isWhole || (held.current === null && (await sendsParts(name)))) onError();
    else needWhole();
  };
  const kind = whole ? (whole.url === null ? 'none' : 'whole') : fetching ? 'fetching' : 'parts';
  return { url: whole?.url ?? inParts, kind, needWhole, onError: () => void fail() };
}
