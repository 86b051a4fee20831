'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { newerVersion, onServerVersion } from '../api/server-version';
import { isAnythingTyped, watchTyping } from './typed-fields';

/** So long nobody has touched the page before it loads anew by itself. */
const UNTOUCHED_MS = 10_000;
const TICK_MS = 2_000;
const TOUCHES = ['keydown', 'pointerdown', 'wheel'] as const;

/** Says that the server runs another version than this tab, and loads the page anew once nothing is typed and nobody is at it. */
export function NewerVersion() {
  const version = useSyncExternalStore(onServerVersion, newerVersion, () => null);
  const [isTyped, setTyped] = useState(false);
  useEffect(watchTyping, []);
  useEffect(() => {
    if (version === null || wasLoadedFor(version)) return;
    let touchedAt = Date.now();
    const touch = () => {
      touchedAt = Date.now();
    };
    for (const type of TOUCHES) window.addEventListener(type, touch, { passive: true });
    const timer = setInterval(() => {
      const typed = isAnythingTyped();
      setTyped(typed);
      if (typed || (!document.hidden && Date.now() - touchedAt < UNTOUCHED_MS)) return;
      clearInterval(timer);
      loadFor(version);
    }, TICK_MS);
    return () => {
      clearInterval(timer);
      for (const type of TOUCHES) window.removeEventListener(type, touch);
    };
  }, [version]);
  if (version === null) return null;
  return (
    <p role="status" className="border-line border-b bg-accent-soft px-3 py-1.5 sm:px-4">
      The console was updated, and this tab still runs the version before.{' '}
      {isTyped ? 'Save or clear what you typed, then reload the page.' : 'It reloads as soon as nobody uses it.'}{' '}
      <button type="button" className="font-medium text-accent underline" onClick={() => window.location.reload()}>
        Reload now
      </button>
    </p>
  );
}

const LOADED_FOR = 'loaded-for-version';

// Servers of two versions side by side must not reload a tab for ever.
function wasLoadedFor(version: string): boolean {
  try {
    return sessionStorage.getItem(LOADED_FOR) === version;
  } catch {
    // A storage that cannot be read cannot hold a tab back either.
    return true;
  }
}

function loadFor(version: string): void {
  sessionStorage.setItem(LOADED_FOR, version);
  window.location.reload();
}
