/** Navigations whose page did not come: each is asked for again by its function. */
const waiting = new Set<() => void>();
const listeners = new Set<() => void>();

/** Resolves once a page that did not come shall be asked for again: at the user's wish, or once the network is back. */
export function whenRetried(): Promise<void> {
  return new Promise((resolve) => {
    waiting.add(resolve);
    changed();
  });
}

/** Asks again for every page that did not come. */
export function retryNavigation(): void {
  const retries = [...waiting];
  waiting.clear();
  changed();
  for (const retry of retries) retry();
}

/** Gives up the pages that did not come; the screen stays what it is. */
export function stayHere(): void {
  waiting.clear();
  changed();
}

/** Returns true while a page did not come. */
export const isUnreached = (): boolean => waiting.size > 0;

/** Calls back whenever that changed. Returns the way to stop. */
export function onUnreached(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function changed(): void {
  for (const listener of listeners) listener();
}
