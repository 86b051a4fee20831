import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import busboy from 'busboy';
import type { WireTag } from '@/lib/wire/record';
import { ApiError } from '../http/api-error';
import { BODY_LIMIT, FILE_LIMIT, TAGS_LIMIT } from './limits';
import { parseTags } from './parse-tags';
import { type FileField, type ReceivedFile, savePart } from './save-part';

/** A valid submission, its two files in `folder`. Whoever receives it removes the folder. */
export interface Received {
  folder: string;
  idFile: ReceivedFile;
  selfieFile: ReceivedFile;
  tags: WireTag[];
}

/** What has been read of the form so far, each part as it turned out. */
interface Form {
  files: Map<FileField, Promise<ReceivedFile>>;
  tags: string | null;
  refusal: ApiError | null;
}

/**
 * Reads a multipart submission, streaming its files into a new folder under `uploadsDir`. The whole body is read before
 * anything is refused, because a client that is still sending does not see an answer. After a failure the folder is gone.
 * Throws ApiError 400, 413, 415 or 422.
 */
export async function receive(request: Request, uploadsDir: string): Promise<Received> {
  const folder = await mkdtemp(path.join(uploadsDir, 'in-'));
  try {
    const form = await readForm(request, folder);
    const settled = await Promise.allSettled(form.files.values());
    for (const file of settled) if (file.status === 'rejected') throw file.reason;
    if (form.refusal) throw form.refusal;
    return {
      folder,
      idFile: await required(form, 'idFile'),
      selfieFile: await required(form, 'selfieFile'),
      tags: form.tags === null ? [] : parseTags(form.tags),
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function readForm(request: Request, folder: string): Promise<Form> {
  const parser = openParser(request);
  const form: Form = { files: new Map(), tags: null, refusal: null };
  const streams: Readable[] = [];
  parser.on('file', (field, stream, { filename }: busboy.FileInfo) => {
    // Fails when the sender hangs up, perhaps before anyone reads it; without a listener that would end the process.
    stream.on('error', () => {});
    streams.push(stream);
    if (field === 'tags') form.refusal ??= new ApiError(422, 'tags must be a plain field, not a file.', { field });
    if (field !== 'idFile' && field !== 'selfieFile') return stream.resume();
    if (form.files.has(field)) {
      form.refusal ??= new ApiError(422, `${field} was sent more than once.`, { field });
      return stream.resume();
    }
    const saving = savePart(field, stream, filename ?? '', path.join(folder, field));
    // Looked at when the form has ended; until then a failure must not count as unhandled, and its stream must run on.
    saving.catch(() => stream.resume());
    form.files.set(field, saving);
  });
  parser.on('field', (field, value, { valueTruncated }) => {
    if (field === 'idFile' || field === 'selfieFile') form.refusal ??= new ApiError(422, `${field} must be a file.`, { field });
    if (field !== 'tags') return;
    if (form.tags !== null) form.refusal ??= new ApiError(422, 'tags was sent more than once.', { field });
    if (valueTruncated) form.refusal ??= new ApiError(422, 'tags is too long.', { field });
    form.tags = value;
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    parser.on(limit, () => {
      form.refusal ??= new ApiError(400, 'The form has too many parts.');
    });
  }
  try {
    await pump(request, parser);
  } catch (error) {
    // The parser forgets about files it began after its failure; nobody else would ever end them.
    for (const stream of streams) stream.destroy();
    await Promise.allSettled(form.files.values());
    throw error;
  }
  return form;
}

function openParser(request: Request): busboy.Busboy {
  const headers = { 'content-type': request.headers.get('content-type') ?? '' };
  if (!/^multipart\/form-data\b/i.test(headers['content-type'])) {
    throw new ApiError(415, 'Send the submission as multipart/form-data with idFile, selfieFile and, if wanted, tags.');
  }
  try {
    return busboy({
      headers,
      defParamCharset: 'utf8',
      preservePath: true,
      limits: { fileSize: FILE_LIMIT, fieldSize: TAGS_LIMIT, fieldNameSize: 100, files: 10, fields: 50, parts: 60 },
    });
  } catch {
    throw new ApiError(400, 'The form cannot be read: its content type names no usable boundary.');
  }
}

/** Feeds the body to the parser; resolves when the parser has seen all of it. */
async function pump(request: Request, parser: busboy.Busboy): Promise<void> {
  if (request.body === null) throw new ApiError(400, 'The form is empty.');
  const source = Readable.from(limited(request.body));
  await new Promise<void>((resolve, reject) => {
    let failed = false;
    const fail = (error: unknown) => {
      // A parser that is destroyed fails once more, on top of what it failed of.
      if (failed) return;
      failed = true;
      source.unpipe(parser);
      parser.destroy();
      const refusal = error instanceof ApiError ? error : new ApiError(400, 'The form is cut off or not well formed.');
      // A body the parser gave up on is still read, for the sake of the answer.
      if (source.readableEnded || source.destroyed) return reject(refusal);
      source.once('close', () => reject(refusal)).resume();
    };
    parser.once('close', () => {
      if (!failed) resolve();
    });
    parser.on('error', fail);
    source.on('error', fail);
    source.pipe(parser);
  });
}

async function* limited(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  let size = 0;
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      size += chunk.value.length;
      if (size > BODY_LIMIT) throw new ApiError(413, `The submission is larger than ${BODY_LIMIT / 1e6} MB.`);
      yield chunk.value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function required(form: Form, field: FileField): Promise<ReceivedFile> {
  const file = await form.files.get(field);
  if (file === undefined) throw new ApiError(422, `${field} is missing: send it as a file.`, { field });
  return file;
}
