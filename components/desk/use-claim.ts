'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import * as z from 'zod/mini';
import { ask, send } from '../api/client';
import { tabHeaders } from '../api/tab';
import { spreadNews } from '../api/tab-news';

const EXTEND_EVERY_MS = 60_000;
const TICK_MS = 1000;

const CLAIM_ADVICE = 'The case may be yours or not, and nothing else changed. Claim it again.';
const RELEASE_ADVICE = 'The case may be released or still yours. Release it again, or let the claim expire.';

let givingBack: Promise<unknown> = Promise.resolve();

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
  /** The viewer's claim ran out or was lost while they looked. */
  ended: boolean;
  /** Seconds until it expires, 0 when nobody holds it. */
  secondsLeft: number;
  problem: string | null;
  /** Claims the case, extends the viewer's own claim. */
  take: () => Promise<boolean>;
  /** Takes it from whoever holds it; for managers. */
  takeOver: () => Promise<boolean>;
  release: () => Promise<void>;
  /** Takes note of who held the case when that was asked, in milliseconds since 1970; what was taken since is newer. */
  learn: (claim: ClaimHold | null, askedAt: number) => void;
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
 * The claim of a case. The viewer's own is extended while they work (a key, a pointer). This tab is one of its holders from the
 * moment it shows the claim; the last one that is closed gives it back. One that runs out is simply no claim any more.
 */
export function useClaim(caseId: number, viewerId: string, { initial, atOnce, isOver }: ClaimOptions): ClaimControl {
  const [claim, setClaim] = useState(initial);
  const [now, setNow] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const url = `/api/verifications/${caseId}/claim`;
  const live = claim && now !== null && claim.expiresAt > now ? claim : null;
  const mine = live?.holderId === viewerId;
  const [lost, setLost] = useState(false);
  const ended = !live && (lost || (claim !== null && now !== null && claim.holderId === viewerId && claim.expiresAt <= now));
  const heldAt = useRef(0);
  const mineNow = useRef(mine);
  mineNow.current = mine && !isOver;

  useEffect(() => {
    setClaim(initial);
    setLost(false);
  }, [initial]);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);

  const hold = useCallback(async (method: 'PUT' | 'POST', path: string): Promise<boolean> => {
    // What this page gave back a moment ago must not arrive after what it takes now.
    await givingBack;
    const result = await ask(method, path, answered, { body: {}, headers: tabHeaders(), advice: CLAIM_ADVICE });
    setProblem(result.ok ? null : result.message);
    if (result.ok) {
      setClaim(result.value.claim);
      setLost(false);
      heldAt.current = Date.now();
    }
    // It ran out or was taken over: what this page believed is no longer so.
    else if (result.code === 'claimed') setClaim(null);
    return result.ok;
  }, []);
  const take = useCallback(() => hold('PUT', url), [hold, url]);
  const takeOver = useCallback(() => hold('POST', `${url}/takeover`), [hold, url]);
  const release = useCallback(async () => {
    const result = await send('DELETE', url, { advice: RELEASE_ADVICE });
    setProblem(result.ok ? null : result.message);
    if (!result.ok) return;
    setClaim(null);
  }, [url]);
  const learn = useCallback((found: ClaimHold | null, askedAt: number) => {
    if (askedAt < heldAt.current) return;
    setLost(mineNow.current && found === null);
    setClaim(found);
  }, []);

  // Every tab that shows the claim as its own holds it, also one that was there before or was taken in another tab: closing that
  // other one must not give it away.
  useEffect(() => {
    if ((atOnce || mine) && heldAt.current === 0) void take();
    if (!mine) heldAt.current = 0;
  }, [atOnce, mine, take]);
  // Taken, given back, decided or left: the other tabs of this browser learn it at once.
  const holds = mine && !isOver;
  useEffect(() => {
    if (!holds) return;
    spreadNews('claims', caseId);
    return () => spreadNews('claims', caseId);
  }, [holds, caseId]);
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
    const giveBack = () => {
      if (mineNow.current) givingBack = send('DELETE', url, { keepalive: true, headers: tabHeaders() });
    };
    // A page that comes back from the browser's memory has given its part of the claim back.
    const takeBack = (event: PageTransitionEvent) => event.persisted && mineNow.current && void take();
    window.addEventListener('pagehide', giveBack);
    window.addEventListener('pageshow', takeBack);
    return () => {
      window.removeEventListener('pagehide', giveBack);
      window.removeEventListener('pageshow', takeBack);
      giveBack();
    };
  }, [url, take]);

  const secondsLeft = live && now !== null ? Math.max(0, Math.ceil((live.expiresAt - now) / 1000)) : 0;
  return { claim: live, mine, ended, secondsLeft, problem, take, takeOver, release, learn };
}
