'use client';

import { useEffect, useState } from 'react';

/** Which parts of the overlay are drawn. `peeking` holds while the reviewer looks at the bare picture. */
export interface OverlaySwitches {
  boxes: boolean;
  landmarks: boolean;
  peeking: boolean;
  toggleBoxes: () => void;
  toggleLandmarks: () => void;
  setPeeking: (on: boolean) => void;
}

export function useOverlaySwitches(): OverlaySwitches {
  const [boxes, setBoxes] = useState(true);
  const [landmarks, setLandmarks] = useState(true);
  const [peeking, setPeeking] = useState(false);
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
    toggleBoxes: () => setBoxes((on) => !on),
    toggleLandmarks: () => setLandmarks((on) => !on),
    setPeeking,
  };
}
