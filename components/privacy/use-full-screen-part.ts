'use client';

import { type RefObject, useEffect, useState } from 'react';

/** What of an element has the whole screen at this moment: nothing beside it is seen. Null while nothing of it has. */
export function useFullScreenPart(element: RefObject<HTMLElement | null>): Element | null {
  const [part, setPart] = useState<Element | null>(null);
  useEffect(() => {
    const update = () => {
      const { fullscreenElement } = document;
      setPart(element.current?.contains(fullscreenElement) ? fullscreenElement : null);
    };
    document.addEventListener('fullscreenchange', update);
    return () => document.removeEventListener('fullscreenchange', update);
  }, [element]);
  return part;
}
