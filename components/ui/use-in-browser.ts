import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** Resolves to true once the page is in the browser: the server knows neither the reader's clock nor their zone. */
export function useInBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
