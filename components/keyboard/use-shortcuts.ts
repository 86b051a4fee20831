'use client';

import { useEffect, useRef } from 'react';
import type { Scope } from '@/lib/domain/shortcuts';
import { offerVerbs } from './active-verbs';
import { isTyping } from './is-typing';
import { shortcutOf } from './shortcut-of';

type Handler = () => void;

/** What a screen does for the verbs of a scope. A verb without a handler leaves its key to the browser. */
export type Handlers = Record<string, Handler | undefined>;

/**
 * Listens for the keys of a scope while the component is shown. The one guard of the console: keys are left alone
 * while text is typed, a dialog is open, Ctrl, Alt or Meta is held, an input method is composing, or the key repeats
 * (moving keys excepted). Escape is left to whatever is open.
 */
export function useShortcuts(scope: Scope, handlers: Handlers): void {
  const current = useRef(handlers);
  useEffect(() => {
    current.current = handlers;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event)) return;
      const shortcut = shortcutOf(scope, event);
      if (!shortcut) return;
      if (event.repeat && !REPEATABLE.has(shortcut.verb)) return;
      const handler = current.current[shortcut.verb];
      if (!handler) return;
      event.preventDefault();
      handler();
    };
    window.addEventListener('keydown', onKeyDown);
    const takeBack = offerVerbs(scope, () => new Map(Object.entries(current.current).flatMap(([verb, run]) => (run ? [[verb, run]] : []))));
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      takeBack();
    };
  }, [scope]);
}

const REPEATABLE = new Set<string>([
  'next-row',
  'previous-row',
  'next-entry',
  'previous-entry',
  'zoom-in',
  'zoom-out',
  'frame-back',
  'frame-on',
]);
