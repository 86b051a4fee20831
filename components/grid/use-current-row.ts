import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { RowSource } from './grid-record';
import type { RowsHandle } from './grid-rows';

/** The row last marked in this tab: coming back from a case, the eye finds its place again. */
let lastMarked: number | null = null;

interface Place {
  id: number;
  index: number;
}

/**
 * Which record the keys act on: the marked one while it is among the rows, else the first. `move` also brings the row into view and
 * the focus onto its link, so that Enter and a screen reader follow.
 */
export function useCurrentRow(rows: RowSource | undefined, handle: RefObject<RowsHandle | null>) {
  const [marked, setMarked] = useState<Place | null>(lastMarked === null ? null : { id: lastMarked, index: -1 });
  const current = rows ? placeOf(rows, marked) : null;
  const latest = useRef(rows);
  useEffect(() => {
    latest.current = rows;
  });
  const mark = useCallback((id: number) => {
    lastMarked = id;
    setMarked({ id, index: latest.current?.indexOf(id) ?? -1 });
  }, []);
  const hasRows = rows !== undefined && rows.length > 0;
  // Coming back to the list: what was looked at is in view again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only once there are rows, not whenever another one is marked
  useEffect(() => {
    if (!hasRows || !current || current.index === 0) return;
    // Once the rows know what they scroll in.
    const frame = requestAnimationFrame(() => handle.current?.show(current.index, false));
    return () => cancelAnimationFrame(frame);
  }, [hasRows]);
  const move = (by: -1 | 1) => {
    const index = current === null ? 0 : current.index + by;
    const next = rows?.at(index);
    if (!next) return;
    // At once: Enter right after the step must open this row, not the one that had the focus before.
    flushSync(() => mark(next.id));
    handle.current?.show(index, true);
  };
  return { current, mark, move };
}

function placeOf(rows: RowSource, marked: Place | null): Place | null {
  if (marked) {
    const there = rows.at(marked.index);
    if (there?.id === marked.id) return marked;
    // Scrolled far away from, it was forgotten for the moment and is still where it was.
    if (!there && marked.index >= 0 && marked.index < rows.length) return marked;
    const index = rows.indexOf(marked.id);
    if (index >= 0) return { id: marked.id, index };
  }
  const first = rows.at(0);
  return first ? { id: first.id, index: 0 } : null;
}
