import { useEffect, useState, useSyncExternalStore } from 'react';
import { formatSearchQuery, type SearchQuery } from '@/lib/domain/search-query';
import { type LoadIndexPage, RowPages } from './row-pages';

const FRESH_MS = 20_000;
const KEPT_LISTS = 4;

/** The lists this tab walked through last: coming back from a case shows them at once, as far as one had come. */
const kept = new Map<string, RowPages>();

/** The rows of a search, fetched as they come into view. What is older than some seconds is asked for again. */
export function useRowPages(query: SearchQuery, load: LoadIndexPage): RowPages {
  const key = formatSearchQuery(query).toString();
  const [pages, setPages] = useState(() => listOf(key, query, load));
  const [shownKey, setShownKey] = useState(key);
  if (shownKey !== key) {
    setShownKey(key);
    setPages(listOf(key, query, load));
  }
  useSyncExternalStore(
    pages.subscribe,
    () => pages.version,
    () => 0,
  );
  useEffect(() => {
    if (pages.loadedAt === 0) pages.want(0, 0);
    else if (Date.now() - pages.loadedAt > FRESH_MS) pages.refresh();
  }, [pages]);
  return pages;
}

function listOf(key: string, query: SearchQuery, load: LoadIndexPage): RowPages {
  // On the server each request would share them with all others.
  if (typeof window === 'undefined') return new RowPages(query, load);
  const found = kept.get(key) ?? new RowPages(query, load);
  kept.delete(key);
  kept.set(key, found);
  const [oldest] = kept.keys();
  if (kept.size > KEPT_LISTS && oldest !== undefined) kept.delete(oldest);
  return found;
}
