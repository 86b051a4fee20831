'use client';

import { useLayoutEffect, useRef } from 'react';
import type { Scope } from '@/lib/domain/shortcuts';
import { listen, replayKept } from './listen';
import { type Handlers, offerVerbs } from './offers';

/**
 * Obeys the keys of a scope while the component is shown. What is shown is obeyed: the handlers of a rendering count from the moment it
 * is in the document, not from the next idle moment.
 */
export function useShortcuts(scope: Scope, handlers: Handlers): void {
  const current = useRef(handlers);
  useLayoutEffect(() => {
    current.current = handlers;
    replayKept();
  });
  useLayoutEffect(() => {
    listen();
    const takeBack = offerVerbs({ scope, handlerOf: (verb) => current.current[verb] });
    replayKept();
    return takeBack;
  }, [scope]);
}
