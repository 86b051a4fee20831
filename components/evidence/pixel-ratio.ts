'use client';

import { useSyncExternalStore } from 'react';

/** Browsers round ratios such as 1.1, and then no query for the very number matches. */
const ROUNDING = 0.001;

const listeners = new Set<() => void>();
let query: MediaQueryList | null = null;

// A query matches one ratio: after each change the next one has to be watched.
function watch(): void {
  query?.removeEventListener('change', tell);
  const ratio = window.devicePixelRatio;
  const own = `(min-resolution: ${ratio - ROUNDING}dppx) and (max-resolution: ${ratio + ROUNDING}dppx)`;
  query = listeners.size > 0 ? window.matchMedia(own) : null;
  query?.addEventListener('change', tell);
}

function tell(): void {
  watch();
  for (const listener of listeners) listener();
}

/** Calls `listener` when the window comes to another screen or is zoomed; returns how to stop. */
export function onPixelRatio(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) watch();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) watch();
  };
}

/** Pixels of the screen to a CSS pixel, kept up to date. */
export function usePixelRatio(): number {
  return useSyncExternalStore(
    onPixelRatio,
    () => window.devicePixelRatio,
    () => 1,
  );
}
