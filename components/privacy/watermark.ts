'use client';

import { useEffect, useState } from 'react';
import { useViewing } from './viewing-context';

const MINUTE_MS = 60_000;
const TILE = { width: 340, height: 150 };

/** The name of who looks and the minute, as a CSS image to be repeated over pictures; null where the house wants none. */
export function useWatermark(): string | null {
  const { viewing, viewerName } = useViewing();
  const now = useMinute(viewing.watermark);
  return viewing.watermark && now !== null ? watermarkImage(viewerName, now) : null;
}

/** `at` in milliseconds since 1970; it is written in UTC, for a picture of the screen may travel. */
export function watermarkImage(name: string, at: number): string {
  const text = `${name} · ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const { width, height } = TILE;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<text x="50%" y="50%" transform="rotate(-18 ${width / 2} ${height / 2})" text-anchor="middle" ` +
    `font-family="sans-serif" font-size="14" fill="#fff">${escaped(text)}</text></svg>`;
  return `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;
}

// Known only in the browser: a server's minute would differ from it by the time it is shown.
function useMinute(needed: boolean): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    if (!needed) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS);
    return () => clearInterval(timer);
  }, [needed]);
  return now;
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
