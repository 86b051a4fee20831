'use client';

import { useEffect, useState } from 'react';

/** Slow enough to see each face, and far below the three flashes a second that can harm. */
const EACH_MS = 750;

export interface Blink {
  shown: 'id' | 'face';
  running: boolean;
  /** Whoever asked the system for less motion changes the faces by hand. */
  still: boolean;
  toggleRunning: () => void;
  /** Shows the other face, and stops: what was asked for by hand stays. */
  turn: () => void;
}

/** Which face is seen while they alternate; `on` while that is the way to compare. */
export function useBlink(on: boolean): Blink {
  const [shown, setShown] = useState<'id' | 'face'>('id');
  const [wanted, setWanted] = useState(true);
  const still = useReducedMotion();
  const running = on && wanted && !still;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setShown(other), EACH_MS);
    return () => clearInterval(timer);
  }, [running]);
  return {
    shown,
    running,
    still,
    toggleRunning: () => setWanted(!wanted),
    turn: () => {
      setWanted(false);
      setShown(other);
    },
  };
}

const other = (which: 'id' | 'face') => (which === 'id' ? 'face' : 'id');

function useReducedMotion(): boolean {
  const [reduced, setReduced] = useState(false);
  useEffect(() => {
    const query = window.matchMedia('(prefers-reduced-motion: reduce)');
    const read = () => setReduced(query.matches);
    read();
    query.addEventListener('change', read);
    return () => query.removeEventListener('change', read);
  }, []);
  return reduced;
}
