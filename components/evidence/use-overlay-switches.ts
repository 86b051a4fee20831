'use client';

import { useEffect, useState } from 'react';
import { LOUPE_LEVELS, type LoupeLevel } from './loupe-level';

/** What is laid over the pictures: boxes, landmarks, the loupe. `peeking` holds while the reviewer looks at the bare picture. */
export interface OverlaySwitches {
  boxes: boolean;
  landmarks: boolean;
  peeking: boolean;
  loupe: LoupeLevel;
  toggleBoxes: () => void;
  toggleLandmarks: () => void;
  setPeeking: (on: boolean) => void;
  /** Off, 1:1, 2:1, ..., off. */
  nextLoupe: () => void;
}

export function useOverlaySwitches(): OverlaySwitches {
  const [boxes, setBoxes] = useState(true);
  const [landmarks, setLandmarks] = useState(true);
  const [peeking, setPeeking] = useState(false);
  const [loupe, setLoupe] = useState<LoupeLevel>(0);
  useEffect(() => {
    if (!peeking) return;
    // However the hold ends, a key let go in another window included, the overlay comes back.
    const end = () => setPeeking(false);
    const ways = ['keyup', 'pointerup', 'pointercancel', 'blur'] as const;
    for (const way of ways) window.addEventListener(way, end);
    return () => {
      for (const way of ways) window.removeEventListener(way, end);
    };
  }, [peeking]);
  return {
    boxes,
    landmarks,
    peeking,
    loupe,
    toggleBoxes: () => setBoxes((on) => !on),
    toggleLandmarks: () => setLandmarks((on) => !on),
    setPeeking,
    nextLoupe: () => setLoupe((level) => LOUPE_LEVELS[(LOUPE_LEVELS.indexOf(level) + 1) % LOUPE_LEVELS.length] ?? 0),
  };
}
