import { Refusal, type RefusalCode } from '@/lib/domain/refusal';
import { isSubmissionField, type SubmissionField } from '@/lib/domain/submission';
import { discard, type UpstreamResponse } from './connection';
import { listOf, member, text } from './read-value';
import { outcomeUnknown, refuseStatus, unreadable } from './refuse';

/** Statuses that say the files or tags were wrong. */
const INPUT: Record<number, RefusalCode> = { 400: 'unprocessable', 413: 'too-large', 415: 'unsupported-type', 422: 'unprocessable' };

const PLAIN: Record<number, string> = { 413: 'A file is too large for it.', 415: 'It does not take a file of this type.' };

const BYTES_MAX = 65_536;
const WORDS_MAX = 300;

/**
 * Refuses an answer other than success to a submission. What was wrong with the input is passed on in the service's own words,
 * as a quotation: nobody else knows it. A fault of the service leaves the outcome unknown; 503 is its word for "not now".
 */
export async function refuseSubmission(response: UpstreamResponse, key: string): Promise<never> {
  const { statusCode: status, headers } = response;
  const code = INPUT[status];
  if (code) {
    const { field, words } = await reasonOf(response);
    // A service that repeats what it was sent must not show the key.
    const quoted = words !== '' && !words.includes(key) ? `“${words}”` : (PLAIN[status] ?? 'It gives no reason.');
    throw new Refusal(code, `The verification service refused this submission: ${quoted}`, field ? { field } : {});
  }
  discard(response);
  if (status === 408 || (status >= 500 && status !== 503))
    throw outcomeUnknown('upstream-unavailable', `the verification service failed (${status}) after it was sent the files`);
  // The address takes no submissions at all.
  if (status === 404 || status === 405) throw unreadable();
  return refuseStatus(status, headers);
}

/** Field and sentence of `{ message, field }`, or of `{ detail: [{ loc, msg }] }`. */
async function reasonOf(response: UpstreamResponse): Promise<{ field: SubmissionField | null; words: string }> {
  const body = await readSmall(response).catch(() => null);
  const [detail] = listOf(member(body, 'detail'));
  const given = member(body, 'field') ?? listOf(member(detail, 'loc')).at(-1);
  const words = text(member(body, 'message')) || text(member(detail, 'msg')) || text(member(body, 'detail'));
  const field = isSubmissionField(given) ? given : null;
  return {
    field,
    words: words
      .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
      .trim()
      .slice(0, WORDS_MAX),
  };
}

async function readSmall({ body }: UpstreamResponse): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > BYTES_MAX) return null;
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
