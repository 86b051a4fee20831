import * as z from 'zod/mini';

const KEY = 'second-look/undo';
const undo = z.object({ userId: z.string(), caseId: z.int(), decisionId: z.string(), label: z.string(), until: z.number() });

/** A decision that can still be withdrawn. `until` is milliseconds since 1970 by this machine's clock, never later than the server's word. */
export type Undo = z.infer<typeof undo>;

/** The decision this person made last in this browser while it can be withdrawn; it outlives the tab it was made in. */
export function readUndo(userId: string, now = Date.now()): Undo | null {
  try {
    const parsed = undo.safeParse(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
    return parsed.success && parsed.data.userId === userId && parsed.data.until > now ? parsed.data : null;
  } catch {
    return null;
  }
}

export function keepUndo(next: Undo | null): void {
  try {
    if (next) localStorage.setItem(KEY, JSON.stringify(next));
    else localStorage.removeItem(KEY);
  } catch {
    // The server would still take it back; only the offer is lost.
  }
}
