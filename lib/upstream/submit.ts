import { Readable } from 'node:stream';
import { Client } from 'undici';
import { Refusal } from '@/lib/domain/refusal';
import type { Verification } from '@/lib/domain/verification';
import { env } from '@/lib/env';
import { wireResult } from '@/lib/wire/list';
import { adaptVerification } from './adapt';
import { type UpstreamResponse, upstreamAddress } from './connection';
import { parseJsonBytes, readJsonBytes } from './read-json-bytes';
import { outcomeUnknown, refuseFailure } from './refuse';
import { refuseSubmission } from './refuse-submission';

/** A multipart form that is still arriving. */
export interface OutgoingForm {
  contentType: string;
  contentLength: number;
  body: AsyncIterable<Uint8Array>;
}

/** The new record: as it came, and as it is understood here. */
export interface Submitted {
  bytes: Uint8Array<ArrayBuffer>;
  verification: Verification;
}

/** How far a form got. */
interface Progress {
  begun: boolean;
  whole: boolean;
  /** The form broke off on its way in, before its end. */
  broken: boolean;
}

/**
 * `POST /v1/verification`, streamed from whoever sends the form, exactly once: no retry, no redirect. Giving up (`signal`)
 * counts only until the whole form is sent: from then on the service works on it, and what it answers is to be recorded.
 *
 * Throws a plain Refusal when nothing was submitted: no connection (`upstream-unavailable`, `upstream-timeout`), or refused by
 * the service, with `field` where it names one. Once bytes were sent, every other end (silence, a hang-up, a fault of the
 * service, an answer that cannot be read) is a Refusal `upstream-*` whose details say `outcome: 'unknown'`.
 */
export async function submitVerification(form: OutgoingForm, signal: AbortSignal): Promise<Submitted> {
  const { UPSTREAM_TIMEOUT_MS, SUBMIT_TIMEOUT_MS } = env();
  const { origin, prefix, key } = upstreamAddress();
  // A connection of its own: on a kept one, a hang-up from before could not be told from one after the form.
  const client = new Client(origin, {
    headersTimeout: SUBMIT_TIMEOUT_MS,
    bodyTimeout: SUBMIT_TIMEOUT_MS,
    connect: { timeout: UPSTREAM_TIMEOUT_MS },
  });
  const progress: Progress = { begun: false, whole: false, broken: false };
  const givenUp = new AbortController();
  const giveUp = () => !progress.whole && givenUp.abort(signal.reason);
  signal.addEventListener('abort', giveUp);
  if (signal.aborted) giveUp();
  try {
    const response = await client.request({
      method: 'POST',
      path: `${prefix}/v1/verification`,
      headers: { 'content-type': form.contentType, 'content-length': String(form.contentLength), 'x-api-key': key },
      body: Readable.from(watched(form.body, progress), { objectMode: false }),
      signal: givenUp.signal,
    });
    return await readRecord(response, key);
  } catch (failure) {
    if (givenUp.signal.aborted) throw failure;
    return refuseEnd(failure, progress);
  } finally {
    signal.removeEventListener('abort', giveUp);
    client.destroy().catch(() => undefined);
  }
}

async function* watched(body: AsyncIterable<Uint8Array>, progress: Progress): AsyncGenerator<Uint8Array> {
  progress.begun = true;
  try {
    for await (const chunk of body) yield chunk;
    progress.whole = true;
  } catch (failure) {
    progress.broken = true;
    throw failure;
  }
}

async function readRecord(response: UpstreamResponse, key: string): Promise<Submitted> {
  if (response.statusCode !== 200 && response.statusCode !== 201) return refuseSubmission(response, key);
  try {
    const bytes = await readJsonBytes(response);
    return { bytes, verification: adaptVerification(wireResult.parse(parseJsonBytes(bytes)).result) };
  } catch (failure) {
    throw outcomeUnknown(
      failure instanceof Refusal ? failure.code : 'upstream-unreadable',
      'the verification service took the files, but its answer cannot be read',
    );
  }
}

function refuseEnd(failure: unknown, { begun, broken }: Progress): never {
  if (failure instanceof Refusal) throw failure;
  // Without its end a form cannot be read by anyone.
  if (broken) throw new Refusal('bad-request', 'The form broke off on its way here; nothing was submitted.');
  if (!begun) refuseFailure(failure, 'before the answer');
  throw outcomeUnknown('upstream-timeout', 'the verification service was sent the files and did not answer');
}
