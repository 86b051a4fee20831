'use client';

import { type RefObject, useEffect, useState } from 'react';
import { beforeVerb } from '../keyboard/obey';

/** What these open lies outside of the pictures and could not be seen. */
const LEAVING = new Set(['approve', 'decline', 'ask-again', 'note', 'snooze', 'escalate', 'help', 'palette']);

/** Shows an element on the whole screen, until Escape, the same again, or a key that opens something elsewhere. */
export function useFullScreen(element: RefObject<HTMLElement | null>): { on: boolean; toggle: () => void } {
  const [on, setOn] = useState(false);
  useEffect(() => {
    const update = () => setOn(document.fullscreenElement !== null && document.fullscreenElement === element.current);
    document.addEventListener('fullscreenchange', update);
    return () => document.removeEventListener('fullscreenchange', update);
  }, [element]);
  useEffect(
    () =>
      beforeVerb((verb) => {
        // Asked of the document: a key may come before React knows that the screen is full.
        const { fullscreenElement } = document;
        if (fullscreenElement && fullscreenElement === element.current && LEAVING.has(verb)) void document.exitFullscreen();
      }),
    [element],
  );
  // A browser that refuses leaves the pictures as they are; there is nothing to tell.
  const toggle = () => void (on ? document.exitFullscreen() : element.current?.requestFullscreen())?.catch(() => {});
  return { on, toggle };
}
