'use client';

import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { Size } from '@/lib/domain/geometry';

/**
 * Reports the inner size of an element in whole CSS pixels, soon and whenever it changes. The first one comes a frame late: what is
 * drawn once a size is known would else be built in the very frame that built what it is drawn on, and both together keep the page
 * from answering. `atOnce` reports it before the first paint, for what somebody waits for.
 */
export function useElementSize(element: RefObject<HTMLElement | null>, onSize: (size: Size) => void, atOnce = false): void {
  const report = useRef(onSize);
  useLayoutEffect(() => {
    report.current = onSize;
  });
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const read = () => {
      const { clientWidth, clientHeight } = target;
      if (clientWidth > 0 && clientHeight > 0) report.current({ width: clientWidth, height: clientHeight });
    };
    if (atOnce) read();
    // It tells of the size it finds at first, too.
    let isFirst = true;
    let frame = 0;
    const observer = new ResizeObserver(() => {
      if (!isFirst) read();
      else if (!atOnce) frame = requestAnimationFrame(read);
      isFirst = false;
    });
    observer.observe(target);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  }, [element, atOnce]);
}
