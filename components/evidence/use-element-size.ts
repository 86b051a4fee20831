'use client';

import { type RefObject, useEffect, useRef } from 'react';
import type { Size } from '@/lib/domain/geometry';

/** Reports the inner size of an element in whole CSS pixels, now and whenever it changes. */
export function useElementSize(element: RefObject<HTMLElement | null>, onSize: (size: Size) => void): void {
  const report = useRef(onSize);
  useEffect(() => {
    report.current = onSize;
  });
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const observer = new ResizeObserver(() => {
      const { clientWidth, clientHeight } = target;
      if (clientWidth > 0 && clientHeight > 0) report.current({ width: clientWidth, height: clientHeight });
    });
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
}
