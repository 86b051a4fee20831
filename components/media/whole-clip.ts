import { request } from '../api/request';
import { evidenceUrl } from '../evidence/evidence-memory';
import { EVIDENCE_PATIENCE_MS, inTime } from './in-time';

/** A larger clip is not fetched whole: it would take that much of the page's memory. */
export const WHOLE_CLIP_MAX = 100 * 1024 * 1024;

/** A clip held in the memory of the page, so that every moment of it can be led to; `url` is null when it cannot be. Whoever asked lets go of it again. */
export interface HeldClip {
  url: Promise<string | null>;
  letGo: () => void;
}

interface Holding {
  url: Promise<string | null>;
  leaving: AbortController;
  users: number;
}

// The player, its strip and the picture of a frame ask for the same clip: it is fetched once.
const held = new Map<string, Holding>();

/** Fetches a clip whole, or shares the one that is held already. */
export function holdWholeClip(name: string): HeldClip {
  const holding = held.get(name) ?? hold(name);
  holding.users += 1;
  let isHeld = true;
  const letGo = () => {
    if (!isHeld) return;
    isHeld = false;
    holding.users -= 1;
    if (holding.users > 0) return;
    if (held.get(name) === holding) held.delete(name);
    holding.leaving.abort();
    void holding.url.then((url) => url && URL.revokeObjectURL(url));
  };
  return { url: holding.url, letGo };
}

function hold(name: string): Holding {
  const leaving = new AbortController();
  const url = inTime((signal) => fetchWhole(name, signal), EVIDENCE_PATIENCE_MS, leaving.signal).catch(() => null);
  const holding = { url, leaving, users: 0 };
  held.set(name, holding);
  // What could not be fetched is asked for again by whoever comes next.
  void url.then((found) => found === null && held.get(name) === holding && held.delete(name));
  return holding;
}

async function fetchWhole(name: string, signal: AbortSignal): Promise<string | null> {
  const response = await request(evidenceUrl(name), { signal });
  const tooLarge = Number(response.headers.get('content-length') ?? 0) > WHOLE_CLIP_MAX;
  if (response.status !== 200 || !response.body || tooLarge) {
    await response.body?.cancel();
    return null;
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = response.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    bytes += read.value.length;
    if (bytes > WHOLE_CLIP_MAX) {
      await reader.cancel();
      return null;
    }
    parts.push(read.value);
  }
  return URL.createObjectURL(new Blob(parts, { type: response.headers.get('content-type') ?? '' }));
}
