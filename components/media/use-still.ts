'use client';

import { useEffect, useRef, useState } from 'react';

/** A frame of a clip that was kept as a picture, and where in the clip it was. */
export interface Still {
  bitmap: ImageBitmap;
  timeMs: number;
}

/** Keeps the newest still of a clip; the one before gives its memory back, and so does the last when the component goes. */
export function useStill(): { still: Still | null; keep: (bitmap: ImageBitmap, timeMs: number) => void } {
  const [still, setStill] = useState<Still | null>(null);
  const held = useRef<ImageBitmap | null>(null);
  useEffect(() => () => held.current?.close(), []);
  return {
    still,
    keep: (bitmap, timeMs) => {
      setStill({ bitmap, timeMs });
      const before = held.current;
      held.current = bitmap;
      // Whoever draws the one before is told first.
      requestAnimationFrame(() => before?.close());
    },
  };
}
