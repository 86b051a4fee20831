import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { parseApiFileName } from '../store/file-url';
import { placeOf } from '../store/folders';
import { getFile, type StoredFile } from '../store/get-file';
import { ApiError } from './api-error';
import { byteRange } from './byte-range';
import type { Engine } from './engine';

/** `GET /v1/files/{name}`: a stored file, whole or one range of it. A name that is not exactly a record's is 404. */
export async function file(engine: Engine, request: Request, name: string): Promise<Response> {
  const stored = await find(engine, name);
  const etag = `"${stored.sha256}"`;
  const headers = {
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
    'content-type': stored.contentType,
  };
  if (matches(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers });
  const condition = request.headers.get('if-range');
  const wanted = condition === null || condition.trim() === etag ? request.headers.get('range') : null;
  const range = byteRange(wanted, stored.fileSize);
  if (range === 'unsatisfiable') {
    throw new ApiError(416, 'The range lies outside the file.', { headers: { 'content-range': `bytes */${stored.fileSize}` } });
  }
  const part = range ?? { start: 0, end: stored.fileSize - 1 };
  const partial: Record<string, string> = range === null ? {} : { 'content-range': `bytes ${part.start}-${part.end}/${stored.fileSize}` };
  const body = request.method === 'HEAD' ? null : await stream(engine, stored, part.start, part.end);
  return new Response(body, {
    status: range === null ? 200 : 206,
    headers: { ...headers, ...partial, 'content-length': String(part.end - part.start + 1) },
  });
}

async function find(engine: Engine, name: string): Promise<StoredFile> {
  const parsed = parseApiFileName(name);
  const stored = parsed && (await getFile(engine.store, parsed.verificationId, parsed.category));
  if (!stored || stored.fileName !== parsed.fileName) throw new ApiError(404, 'There is no file of this name.');
  return stored;
}

async function stream(engine: Engine, stored: StoredFile, start: number, end: number): Promise<ReadableStream> {
  const handle = await open(placeOf(engine.folders, stored.verificationId, stored.category)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    engine.log.error({ verificationId: stored.verificationId, category: stored.category }, 'a stored file is gone from the disk');
    throw new ApiError(404, 'The file of this name is gone.');
  });
  return Readable.toWeb(handle.createReadStream({ start, end })) as ReadableStream;
}

function matches(header: string | null, etag: string): boolean {
  if (header === null) return false;
  const wanted = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return wanted.includes('*') || wanted.includes(etag);
}
