import { Readable } from 'node:stream';
import { keptEvidence } from '@/lib/review/keep-evidence';
import type { OpenFile } from '@/lib/upstream/file';

/** The kept copy of a file the upstream no longer has, whole, or null. */
export async function keptFile(name: string): Promise<OpenFile | null> {
  const copy = await keptEvidence(name);
  if (!copy) return null;
  const body = Readable.from([Buffer.from(copy.bytes)]);
  const unknown = { contentRange: null, acceptRanges: null, etag: null };
  const lastModified = copy.keptAt.toUTCString();
  return { status: 200, contentType: copy.contentType, contentLength: copy.bytes.length, ...unknown, lastModified, body };
}
