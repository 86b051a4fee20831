'use client';

import { type ComponentType, type ReactNode, useCallback, useEffect, useLayoutEffect, useState } from 'react';
import { HeldTyping } from './held-typing';
import { PartBoundary } from './part-boundary';
import { DialogOnItsWay, PartProblem } from './part-problem';

export interface PartOptions<Props> {
  /** What it is called where it says that it did not load. */
  name: string;
  /** Returns the way to close it, for a part that is a dialog: it takes the keyboard before its code is here. */
  closeOf?: (props: Props) => () => void;
  /** What stands in its place until then. */
  loading?: ReactNode;
}

/**
 * Returns a component whose code is fetched when it is first shown. It never takes the page down: a part that did not load, or broke,
 * says so in its own place and can be tried again.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  { name, closeOf, loading = null }: PartOptions<Props>,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function LazyPart(props: Props) {
    const [Part, setPart] = useState(() => loaded);
    const [hasFailed, setFailed] = useState(false);
    const fetchPart = useCallback(() => {
      setFailed(false);
      load().then(
        (found) => {
          loaded = found.default;
          setPart(() => found.default);
        },
        () => setFailed(true),
      );
    }, []);
    useEffect(() => {
      if (!loaded) fetchPart();
    }, [fetchPart]);
    const close = closeOf?.(props);
    const held = useHeldTyping(close !== undefined && Part === null);
    if (Part)
      return (
        <PartBoundary name={name} onClose={close}>
          <Part {...props} />
        </PartBoundary>
      );
    if (hasFailed) return <PartProblem name={name} onRetry={fetchPart} onClose={close} hasText={held} />;
    return close ? <DialogOnItsWay onClose={close} /> : loading;
  };
}

/** Holds what is typed while a dialog is on its way, and types it into the dialog's field. Returns true while something is held. */
function useHeldTyping(isOnItsWay: boolean): boolean {
  const [held] = useState(() => new HeldTyping());
  useLayoutEffect(() => {
    if (!isOnItsWay) return held.release();
    held.begin();
    return () => held.end();
  }, [isOnItsWay, held]);
  return held.text !== '';
}
