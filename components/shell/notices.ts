import * as z from 'zod/mini';
import { NOTICE_SEVERITIES, type Notice } from '@/lib/domain/notice';

/** The notices of an answer of /api/waiting. */
export const wireNotices = z.array(
  z.object({
    id: z.string(),
    severity: z.enum(NOTICE_SEVERITIES),
    text: z.string(),
    href: z.optional(z.string()),
    linkText: z.optional(z.string()),
  }),
);

let latest: readonly Notice[] | null = null;
const listeners = new Set<() => void>();

/** Keeps what the newest poll brought and tells the bar. */
export function keepNotices(notices: z.infer<typeof wireNotices>): void {
  if (JSON.stringify(notices) === JSON.stringify(latest)) return;
  latest = notices.map(({ href, linkText, ...notice }) => ({ ...notice, ...(href && { href }), ...(linkText && { linkText }) }));
  for (const listener of listeners) listener();
}

/** Returns the newest notices; null before the first poll. */
export function latestNotices(): readonly Notice[] | null {
  return latest;
}

/** Calls `listener` at every change; returns how to end that. */
export function onNotices(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
