import { Readable } from 'node:stream';
import { keptEvidence } from '@/lib/review/keep-evidence';
import type { OpenFile } from '@/lib/upstream/file';

/** A kept copy on its way. */
export interface KeptFile {
  file: OpenFile;
  chunks: AsyncIterator<Uint8Array>;
  keptAt: Date;
}

/** The kept copy of a file the upstream does not deliver, whole, or null. */
export async function keptFile(name: string): Promise<KeptFile | null> {
  const copy = await keptEvidence(name);
  if (!copy) return null;
  const body = Readable.from([Buffer.from(copy.bytes)]);
  const unknown = { contentRange: null, acceptRanges: null, etag: null };
  const { contentType, keptAt } = copy;
  const file: OpenFile = {
    status: 200,
    contentType,
    contentLength: copy.bytes.length,
    ...unknown,
    lastModified: keptAt.toUTCString(),
    body,
  };
  return { file, chunks: body[Symbol.asyncIterator](), keptAt };
}
