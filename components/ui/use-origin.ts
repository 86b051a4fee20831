import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** Returns the origin of this console as the browser knows it; null while the page comes from the server. */
export function useOrigin(): string | null {
  return useSyncExternalStore(
    never,
    () => window.location.origin,
    () => null,
  );
}
