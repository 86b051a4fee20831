/** The version this page was built as; empty where the build does not know. */
const OWN = process.env.CONSOLE_VERSION ?? '';

let newer: string | null = null;
const listeners = new Set<() => void>();

/** Keeps which version the server runs now. */
export function noteServerVersion(version: string): void {
  const found = OWN !== '' && version !== '' && version !== OWN ? version : null;
  if (found === newer) return;
  newer = found;
  for (const listener of listeners) listener();
}

/** Returns the version of a server that is another one than this page's; null while both are the same. */
export const newerVersion = (): string | null => newer;

/** Calls back whenever that changed. Returns the way to stop. */
export function onServerVersion(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
