'use client';

import { useEffect, useState } from 'react';
import { COMPARE_MODES, type CompareMode } from '@/lib/domain/comparison-view';

const KEY = 'second-look:compare-mode';

/** The way to compare, which stays the reviewer's own from case to case in this browser. */
export function useCompareMode(): { mode: CompareMode; choose: (mode: CompareMode) => void } {
  const [mode, setMode] = useState<CompareMode>('side');
  useEffect(() => {
    const kept = COMPARE_MODES.find((known) => known === read());
    if (kept) setMode(kept);
  }, []);
  const choose = (next: CompareMode) => {
    setMode(next);
    try {
      window.localStorage.setItem(KEY, next);
    } catch {
      // Without storage the choice holds for this page.
    }
  };
  return { mode, choose };
}

/** The way after this one; after the last the first again. */
export function modeAfter(mode: CompareMode): CompareMode {
  return COMPARE_MODES[(COMPARE_MODES.indexOf(mode) + 1) % COMPARE_MODES.length] ?? 'side';
}

function read(): string | null {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
