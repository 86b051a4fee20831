import busboy from 'busboy';
import * as z from 'zod/mini';
import { Refusal } from '@/lib/domain/refusal';
import { FORM_BYTES_MAX, isSubmissionId, SUBMISSION_TAG, TAGS_BYTES_MAX } from '@/lib/domain/submission';

/** A form on its way in, of which only the tags have been read. */
export interface SubmissionForm {
  /** Value of the tag by which the submission can be found again. */
  submission: string;
  contentType: string;
  contentLength: number;
  /** The whole form from its first byte, read from the client no faster than it is taken. */
  body: AsyncIterable<Uint8Array>;
  /** Reads and drops what nobody took: a browser that is still sending does not look at its answer. Call it at the end. */
  release(): void;
}

/** Beside the tags: the head of their part, and the chunk their end came in. */
const LEEWAY = 256 * 1024;

const tagsObject = z.record(z.string(), z.unknown());

/**
 * Reads a multipart form as far as its first part, which must be `tags` and hold the tag `submission`; the files after it
 * stay on the wire. Throws a Refusal `unsupported-type`, `too-large`, `bad-request` or `unprocessable` (field `tags`).
 */
export async function readSubmission({ headers, body }: Request): Promise<SubmissionForm> {
  const contentType = headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\s*;/i.test(contentType)) throw new Refusal('unsupported-type', 'Send the form as multipart/form-data.');
  const length = headers.get('content-length') ?? '';
  if (!/^\d{1,15}$/.test(length) || body === null) throw new Refusal('bad-request', 'Send the form with its Content-Length.');
  const contentLength = Number(length);
  if (contentLength > FORM_BYTES_MAX)
    throw new Refusal('too-large', `Keep the whole form under ${Math.floor(FORM_BYTES_MAX / 1e6)} MB, and each file under 50 MB.`);
  const reader = body.getReader();
  const release = () => void drain(reader);
  try {
    const { seen, tags } = await readTags(reader, contentType);
    return { submission: submissionOf(tags), contentType, contentLength, body: whole(seen, reader), release };
  } catch (failure) {
    release();
    throw failure;
  }
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function readTags(reader: Reader, contentType: string): Promise<{ seen: Uint8Array[]; tags: string }> {
  const parser = openParser(contentType);
  const first: { tags?: string; problem?: Refusal } = {};
  const tagsFirst = () => tagsRefusal('Send the tags before the files.');
  parser.on('field', (name, value, { valueTruncated }) => {
    if (first.tags !== undefined || first.problem) return;
    if (valueTruncated) first.problem = tagsRefusal('The tags are too long.');
    else if (name === 'tags') first.tags = value;
    else first.problem = tagsFirst();
  });
  parser.on('file', (_name, stream) => {
    stream.on('error', () => undefined).resume();
    if (first.tags === undefined) first.problem ??= tagsFirst();
  });
  parser.on('error', () => {
    first.problem ??= malformed();
  });
  const seen: Uint8Array[] = [];
  for (let size = 0; first.tags === undefined && !first.problem; ) {
    const chunk = await reader.read();
    if (chunk.done) throw malformed();
    seen.push(chunk.value);
    size += chunk.value.byteLength;
    await new Promise<void>((resolve) => parser.write(chunk.value, () => resolve()));
    if (size > TAGS_BYTES_MAX + LEEWAY) first.problem ??= tagsRefusal('The tags are too long.');
  }
  parser.destroy();
  if (first.tags === undefined) throw first.problem ?? malformed();
  return { seen, tags: first.tags };
}

function openParser(contentType: string): busboy.Busboy {
  try {
    return busboy({ headers: { 'content-type': contentType }, limits: { fieldSize: TAGS_BYTES_MAX } });
  } catch {
    throw malformed();
  }
}

async function* whole(seen: Uint8Array[], reader: Reader): AsyncGenerator<Uint8Array> {
  for (let chunk = seen.shift(); chunk; chunk = seen.shift()) yield chunk;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) yield chunk.value;
}

async function drain(reader: Reader): Promise<void> {
  try {
    while (!(await reader.read()).done);
  } catch {
    // The client went away: nobody waits for an answer any more.
  }
}

function submissionOf(text: string): string {
  const tags = tagsObject.safeParse(parse(text));
  if (!tags.success) throw tagsRefusal('Write the tags as a JSON object, for example {"customerId":"9999"}.');
  const submission = tags.data[SUBMISSION_TAG];
  if (isSubmissionId(submission)) return submission;
  throw tagsRefusal(`Add a tag "${SUBMISSION_TAG}" with a new UUID, so that this submission can be found whatever happens.`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const tagsRefusal = (message: string) => new Refusal('unprocessable', message, { field: 'tags' });
const malformed = () => new Refusal('bad-request', 'The form cannot be read.');
