import * as z from 'zod/mini';
import { markedUrl, request } from '../api/request';
import { EVIDENCE_PATIENCE_MS, inTime } from '../media/in-time';

/** An evidence file as it was answered: the bytes are there only with status 200. */
export interface FetchedEvidence {
  status: number;
  /** Media type without parameters, lower case; empty when none was given. */
  type: string;
  blob: Blob | null;
  /** What the console says of a file that did not come, null where it says nothing. */
  message: string | null;
  /** When the copy was kept that came in place of the file, ISO 8601; null for the file itself. */
  keptAt: string | null;
}

const KEPT_MAX = 6;

// Nothing of the evidence lies on disk (`no-store`), so what is fetched ahead waits here, in the memory of this tab.
const kept = new Map<string, Promise<FetchedEvidence>>();

/** Where the browser fetches an evidence file from. */
export function evidenceUrl(name: string): string {
  return markedUrl(`/api/files/${encodeURIComponent(name)}`);
}

/**
 * Fetches a file before it is looked at, and ends when it came or could not; a clip is left out, for it is played in parts. The
 * oldest of more than six goes.
 */
export async function fetchEvidenceAhead(name: string): Promise<void> {
  if (kept.has(name)) return;
  const fetched = inTime((signal) => fetchEvidence(name, signal), EVIDENCE_PATIENCE_MS, new AbortController().signal);
  kept.set(name, fetched);
  const [oldest] = kept.keys();
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  const came = await fetched.then(
    ({ status }) => status === 200,
    () => false,
  );
  if (!came) kept.delete(name);
}

/** A file that was fetched ahead and is still here; it stays. Null for another, and for one that did not come. */
export async function peekEvidence(name: string): Promise<FetchedEvidence | null> {
  return (await kept.get(name)?.catch(() => null)) ?? null;
}

/** Gives up a file that was fetched ahead: whoever looks at it again asks for it again, and that is recorded. */
export function forgetEvidence(name: string): void {
  kept.delete(name);
}

/** The file, from what was fetched ahead or anew; each is handed out once. Throws what `fetch` throws. */
export function takeEvidence(name: string, signal: AbortSignal): Promise<FetchedEvidence> {
  const ahead = kept.get(name);
  kept.delete(name);
  return ahead ? ahead.catch(() => fetchEvidence(name, signal)) : fetchEvidence(name, signal);
}

async function fetchEvidence(name: string, signal?: AbortSignal): Promise<FetchedEvidence> {
  const response = await request(evidenceUrl(name), { ...(signal && { signal }) });
  const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const keptAt = response.headers.get('x-kept-copy');
  if (response.status === 200 && !type.startsWith('video/'))
    return { status: 200, type, blob: await response.blob(), message: null, keptAt };
  const message = type === 'application/json' ? messageOf(await response.json().catch(() => null)) : null;
  await response.body?.cancel().catch(() => undefined);
  return { status: response.status, type, blob: null, message, keptAt };
}

const refused = z.object({ error: z.object({ message: z.string() }) });

function messageOf(body: unknown): string | null {
  const read = refused.safeParse(body);
  return read.success ? read.data.error.message : null;
}
