import { useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { type GridState, gridHref, readGridUrl } from './grid-url';

/** The grid's state, which lives in the URL alone, and the way to change it: each change is one step of the browser's history. */
export function useGridState() {
  const search = useSearchParams().toString();
  const reading = useMemo(() => readGridUrl(new URLSearchParams(search)), [search]);
  // The list is fetched by the browser itself: asking the server for the page again would bring nothing new.
  const show = useCallback((next: GridState) => window.history.pushState(null, '', gridHref(next)), []);
  return { reading, show };
}
