'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import * as z from 'zod/mini';
import { ask, send } from '../review/post';

const EXTEND_EVERY_MS = 60_000;
const TICK_MS = 1000;

const answered = z.object({ claim: z.object({ holderId: z.string(), holderName: z.string(), expiresAt: z.number() }) });

/** Who holds a case and until when, milliseconds since 1970. */
export interface ClaimHold {
  holderId: string;
  holderName: string;
  expiresAt: number;
}

export interface ClaimControl {
  claim: ClaimHold | null;
  mine: boolean;
  /** Her claim ran out while she looked. */
  ended: boolean;
  /** Seconds until it expires, 0 when nobody holds it. */
  secondsLeft: number;
  problem: string | null;
  /** Claims the case, extends the viewer's own claim. */
  take: () => Promise<boolean>;
  /** Takes it from whoever holds it; for managers. */
  takeOver: () => Promise<boolean>;
  release: () => Promise<void>;
}

export interface ClaimOptions {
  /** What the server said when the page was made. */
  initial: ClaimHold | null;
  /** The case came from the queue: it is claimed as it is opened, also after a reload gave the claim back. */
  atOnce: boolean;
  /** What was done with the case ended the claim: there is nothing to give back. */
  isOver: boolean;
}

/**
 * The claim of a case. The viewer's own is extended while she works (a key, a pointer), and given back when she leaves the
 * page; one that runs out is simply no claim any more.
 */
export function useClaim(caseId: number, viewerId: string, { initial, atOnce, isOver }: ClaimOptions): ClaimControl {
  const [claim, setClaim] = useState(initial);
  const [now, setNow] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const url = `/api/verifications/${caseId}/claim`;
  const live = claim && now !== null && claim.expiresAt > now ? claim : null;
  const mine = live?.holderId === viewerId;
  const ended = claim !== null && now !== null && claim.holderId === viewerId && claim.expiresAt <= now;
  const mineNow = useRef(mine);
  mineNow.current = mine && !isOver;

  useEffect(() => setClaim(initial), [initial]);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);

  const hold = useCallback(async (method: 'PUT' | 'POST', path: string): Promise<boolean> => {
    const result = await ask(method, path, answered, { body: {} });
    setProblem(result.ok ? null : result.message);
    if (result.ok) setClaim(result.value.claim);
    // It ran out or was taken over: what this page believed is no longer so.
    else if (result.code === 'claimed') setClaim(null);
    return result.ok;
  }, []);
  const take = useCallback(() => hold('PUT', url), [hold, url]);
  const takeOver = useCallback(() => hold('POST', `${url}/takeover`), [hold, url]);
  const release = useCallback(async () => {
    const result = await send('DELETE', url);
    setProblem(result.ok ? null : result.message);
    if (result.ok) setClaim(null);
  }, [url]);

  useEffect(() => {
    if (atOnce) void take();
  }, [atOnce, take]);
  // Work extends the claim: at most once a minute, and only while it is hers.
  useEffect(() => {
    if (!mine) return;
    let extendedAt = Date.now();
    const onWork = () => {
      if (Date.now() - extendedAt < EXTEND_EVERY_MS) return;
      extendedAt = Date.now();
      void take();
    };
    for (const kind of ['keydown', 'pointerdown', 'wheel']) window.addEventListener(kind, onWork, { passive: true });
    return () => {
      for (const kind of ['keydown', 'pointerdown', 'wheel']) window.removeEventListener(kind, onWork);
    };
  }, [mine, take]);
  useEffect(() => {
    const giveBack = () => mineNow.current && void send('DELETE', url, { keepalive: true });
    window.addEventListener('pagehide', giveBack);
    return () => {
      window.removeEventListener('pagehide', giveBack);
      giveBack();
    };
  }, [url]);

  const secondsLeft = live && now !== null ? Math.max(0, Math.ceil((live.expiresAt - now) / 1000)) : 0;
  return { claim: live, mine, ended, secondsLeft, problem, take, takeOver, release };
}
