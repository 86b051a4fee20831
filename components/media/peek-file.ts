import { type FileKind, fileKind, KIND_BYTES } from '@/lib/domain/file-kind';
import { refusalIn, request } from '../api/request';
import { evidenceUrl } from '../evidence/evidence-memory';

/** The file was refused, and the server says why. */
interface Refused {
  sentence: string;
}

/** What became of a look at the beginning of a file: what it is, that the upstream has none, why it is refused, or that nothing answers. */
export type Peek = FileKind | 'missing' | 'unreachable' | Refused;

/** Says what a file is by its first bytes, without fetching the others. */
export async function peekFile(name: string, signal?: AbortSignal): Promise<Peek> {
  try {
    const response = await request(evidenceUrl(name), { headers: { range: `bytes=0-${KIND_BYTES - 1}` }, ...(signal && { signal }) });
    if (response.status === 404) return 'missing';
    // An empty file has no part to give.
    if (response.status === 416) return 'empty';
    if (!response.ok) return refusalOf(await response.json().catch(() => null));
    if (!response.body) return 'unreachable';
    return fileKind(await beginningOf(response.body));
  } catch {
    return 'unreachable';
  }
}

function refusalOf(body: unknown): Peek {
  const refusal = refusalIn(body);
  return refusal ? { sentence: refusal.message } : 'unreachable';
}

/** Whether the service sends parts of a file: it may ignore that one was asked for and send all of it. */
export async function sendsParts(name: string, signal?: AbortSignal): Promise<boolean> {
  try {
    const response = await request(evidenceUrl(name), { headers: { range: 'bytes=1-1' }, ...(signal && { signal }) });
    await response.body?.cancel();
    return response.status === 206;
  } catch {
    return false;
  }
}

// Who does not know ranges sends all of it: only the beginning is taken.
async function beginningOf(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const reader = body.getReader();
  const head = new Uint8Array(KIND_BYTES);
  let filled = 0;
  while (filled < KIND_BYTES) {
    const { value, done } = await reader.read();
    if (done) break;
    const part = value.subarray(0, KIND_BYTES - filled);
    head.set(part, filled);
    filled += part.length;
  }
  await reader.cancel();
  return head.subarray(0, filled);
}
