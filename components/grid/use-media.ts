import { useCallback, useSyncExternalStore } from 'react';

/** Whether the window is too narrow for a table. The server, which cannot know, assumes it is not. */
export const useNarrow = () => useMedia('(max-width: 639px)');

/** Whether one points with a finger, which cannot hover. */
export const useTouch = () => useMedia('(pointer: coarse)');

function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', onChange);
      return () => media.removeEventListener('change', onChange);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => false,
  );
}
