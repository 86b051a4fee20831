import { useSyncExternalStore } from 'react';

const QUERY = '(max-width: 639px)';

/** Whether the window is too narrow for a table. The server, which cannot know, assumes it is not. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(QUERY).matches,
    () => false,
  );
}

function subscribe(onChange: () => void): () => void {
  const media = window.matchMedia(QUERY);
  media.addEventListener('change', onChange);
  return () => media.removeEventListener('change', onChange);
}
