import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { GRID_PATH, type GridSource, type GridState, gridHref, readGridUrl } from './grid-url';

/**
 * The grid's state, which lives in the URL alone, and the way to change it: each change is one step of the browser's history.
 * `otherwise` is the source of an address that leaves it open, `begin` what a bare address stands for.
 */
export function useGridState(otherwise: GridSource, begin: string | null) {
  const asked = useSearchParams().toString();
  const search = asked === '' && begin !== null ? begin : asked;
  // The address says what is shown, also where nothing was asked for.
  useEffect(() => {
    if (asked === '' && begin !== null) window.history.replaceState(null, '', `${GRID_PATH}?${begin}`);
  }, [asked, begin]);
  // The router follows the address a moment later; until then a box that was ticked must not spring back.
  const [ahead, setAhead] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the router has followed, the address alone counts again
  useEffect(() => setAhead(null), [search]);
  // Whoever goes back before the router has followed is led to an address it never left.
  useEffect(() => {
    const back = () => setAhead(null);
    window.addEventListener('popstate', back);
    return () => window.removeEventListener('popstate', back);
  }, []);
  const shown = ahead ?? search;
  const reading = useMemo(() => readGridUrl(new URLSearchParams(shown), otherwise), [shown, otherwise]);
  // The list is fetched by the browser itself: asking the server for the page again would bring nothing new.
  const show = useCallback((next: GridState) => {
    const href = gridHref(next);
    setAhead(href.slice(href.indexOf('?') + 1));
    window.history.pushState(null, '', href);
  }, []);
  return { reading, show };
}
