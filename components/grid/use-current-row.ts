import { type RefObject, useCallback, useState } from 'react';

/** The row last marked in this tab: coming back from a case, the eye finds its place again. */
let lastMarked: number | null = null;

/**
 * Which record the keys act on: the marked one when the page holds it, else its first. `move` also brings the row into
 * view and the focus onto its link, so that Enter and a screen reader follow.
 */
export function useCurrentRow(ids: readonly number[], container: RefObject<HTMLElement | null>) {
  const [marked, setMarked] = useState(lastMarked);
  const current = marked !== null && ids.includes(marked) ? marked : (ids[0] ?? null);
  const mark = useCallback((id: number) => {
    lastMarked = id;
    setMarked(id);
  }, []);
  const move = (by: -1 | 1) => {
    const next = ids[(current === null ? -1 : ids.indexOf(current)) + by];
    if (next === undefined) return;
    mark(next);
    const link = container.current?.querySelector<HTMLElement>(`[data-case="${next}"]`);
    link?.focus({ preventScroll: true });
    link?.closest('[data-row]')?.scrollIntoView({ block: 'nearest' });
  };
  return { current, mark, move };
}
