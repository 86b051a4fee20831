import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { ApiError } from '../http/api-error';
import { CONTENT_TYPES, type MediaType, SNIFF_BYTES, sniff } from '../image/sniff';
import { cleanFileName } from './clean-file-name';
import { FILE_LIMIT } from './limits';

export type FileField = 'idFile' | 'selfieFile';

/** A file as received: on disk under `path`, whole, of a known kind. */
export interface ReceivedFile {
  path: string;
  name: string;
  size: number;
  type: MediaType;
  contentType: string;
  /** Of the bytes, hexadecimal. */
  sha256: string;
}

const ACCEPTED: Record<FileField, readonly MediaType[]> = {
  idFile: ['jpeg', 'png', 'webp'],
  selfieFile: ['jpeg', 'png', 'webp', 'mp4', 'mov', 'webm'],
};

/**
 * Streams one file of a form to disk, hashing it on the way. The stream is read to its end whatever happens, so that
 * the rest of the form stays readable. Throws ApiError 413 (too large), 415 (kind not accepted) or 422 (empty, or a video in
 * name only), naming the field.
 */
export async function savePart(
  field: FileField,
  stream: Readable & { truncated?: boolean },
  sentName: string,
  path: string,
): Promise<ReceivedFile> {
  const hash = createHash('sha256');
  let file: FileHandle | null = await open(path, 'wx');
  let head = Buffer.alloc(0);
  let type: MediaType | null = null;
  let size = 0;
  try {
    for await (const chunk of stream) {
      if (file === null) continue;
      size += chunk.length;
      if (head.length < SNIFF_BYTES) head = Buffer.concat([head, chunk.subarray(0, SNIFF_BYTES)]);
      if (head.length >= SNIFF_BYTES && type === null) type = acceptedType(field, head);
      if (head.length >= SNIFF_BYTES && type === null) {
        await file.close();
        file = null;
        continue;
      }
      hash.update(chunk);
      await file.write(chunk);
    }
    if (head.length < SNIFF_BYTES) type = acceptedType(field, head);
    if (size === 0) throw new ApiError(422, `${field} is empty.`, { field });
    if (file === null || type === null) throw wrongType(field, sentName);
    if (stream.truncated) throw new ApiError(413, `${field} is larger than ${FILE_LIMIT / 1e6} MB.`, { field });
    await file.sync();
    return { path, name: cleanFileName(sentName, type), size, type, contentType: CONTENT_TYPES[type], sha256: hash.digest('hex') };
  } finally {
    await file?.close();
  }
}

function acceptedType(field: FileField, head: Buffer): MediaType | null {
  const type = sniff(head);
  return type !== null && ACCEPTED[field].includes(type) ? type : null;
}

function wrongType(field: FileField, sentName: string): ApiError {
  if (field === 'selfieFile' && /\.(mp4|mov|webm)$/i.test(sentName)) {
    return new ApiError(422, `${field}: The video cannot be read: its contents are neither mp4, mov nor webm.`, { field });
  }
  return new ApiError(415, `${field} must be one of: ${ACCEPTED[field].join(', ')}. Its contents are none of these.`, { field });
}
