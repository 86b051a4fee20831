const CHANNEL = 'second-look/session';

/** Reports to the other tabs of this browser which session is in use now; they ask the server whether it is still theirs. */
export function spreadSession(mark: string | null): void {
  const channel = open();
  channel?.postMessage(mark);
  channel?.close();
}

/** Calls `listener` with the session another tab reports. Returns the function that stops listening. */
export function onSessionNews(listener: (mark: unknown) => void): () => void {
  const channel = open();
  channel?.addEventListener('message', ({ data }) => listener(data));
  return () => channel?.close();
}

// Only faster than asking the server, never needed.
function open(): BroadcastChannel | null {
  return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL);
}
