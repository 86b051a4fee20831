import { errors } from 'undici';
import { flawSentence, type RecordFlaw } from '@/lib/domain/record-flaw';
import { Refusal, type RefusalCode } from '@/lib/domain/refusal';

type Headers = Record<string, string | string[] | undefined>;

const TIMEOUTS = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);
const DROPPED = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);
/** Given up by the caller, or asked for wrongly by this program. */
const OURS = new Set(['UND_ERR_ABORTED', 'UND_ERR_INVALID_ARG']);
const RETRY_AFTER_MAX = 86_400;

/** The status of each refused answer, for what must know more than the words say. Refusals reach clients; a status need not. */
const statuses = new WeakMap<Error, number>();

/** Returns the HTTP status the upstream refused with, null for any other failure. */
export function upstreamStatusOf(failure: unknown): number | null {
  return failure instanceof Error ? (statuses.get(failure) ?? null) : null;
}

/**
 * Refuses an answer by its status. Nothing of the upstream's own words is passed on: they could hold anything.
 * `Retry-After` (seconds or a date) becomes `retryAfter` of 429 and 503.
 */
export function refuseStatus(status: number, headers: Headers): never {
  const refusal = refusalOf(status, headers);
  statuses.set(refusal, status);
  throw refusal;
}

function refusalOf(status: number, headers: Headers): Refusal {
  if (status === 401 || status === 403)
    return new Refusal(
      'upstream-refused',
      'The verification service does not accept the key; an administrator must check VERIFICATION_API_KEY.',
    );
  if (status === 402)
    return new Refusal(
      'upstream-refused',
      'The verification service says its usage limit is reached; an administrator must look at the plan.',
    );
  if (status === 404 || status === 410) return new Refusal('not-found', 'The verification service does not have this.');
  if (status === 416) return new Refusal('range-not-satisfiable', 'The file is shorter than the part asked for.');
  if (status === 429)
    return new Refusal('upstream-unavailable', 'The verification service asks for fewer requests. Try again shortly.', retryAfter(headers));
  if (status >= 500)
    return new Refusal(
      'upstream-unavailable',
      `The verification service failed (${status}). Nothing here is lost; try again shortly.`,
      retryAfter(headers),
    );
  if (status >= 300 && status < 400)
    return new Refusal(
      'upstream-unreadable',
      'The verification service answered with a redirect; an administrator must check VERIFICATION_API_URL.',
    );
  if (status >= 400) return new Refusal('upstream-refused', `The verification service refused the request (${status}).`);
  return new Refusal('upstream-unreadable', `The verification service answered in a way not understood here (${status}).`);
}

/** Refuses a failed exchange by what broke it. Aborts by the caller, and faults of this program, are thrown on as they are. */
export function refuseFailure(failure: unknown, moment: 'before the answer' | 'within the answer'): never {
  const code = codeOf(failure);
  if (failure instanceof Refusal || code === null || OURS.has(code)) throw failure;
  if (TIMEOUTS.has(code)) throw tooSlow();
  if (moment === 'within the answer')
    throw new Refusal('upstream-unreadable', 'The answer of the verification service broke off. Try again.');
  if (code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW') throw unreadable();
  throw new Refusal('upstream-unavailable', 'The verification service cannot be reached. Nothing here is lost; try again shortly.');
}

export const tooSlow = () => new Refusal('upstream-timeout', 'The verification service did not answer in time. Try again.');

export const unreadable = () =>
  new Refusal(
    'upstream-unreadable',
    'The verification service sent something that cannot be read; an administrator must check VERIFICATION_API_URL.',
  );

/** A record that is there but cannot be read. */
export class FlawedRecord extends Refusal {
  constructor(readonly flaw: RecordFlaw) {
    super('upstream-unreadable', `The verification service sends this in a form that cannot be read. ${flawSentence(flaw.kind)}`);
  }
}

/** An answer that is the service's own, but that nobody can read: one record in it may be the reason. */
export class GarbledAnswer extends FlawedRecord {}

export const garbled = (kind: 'not-json' | 'too-long' = 'not-json') => new GarbledAnswer({ kind, givenId: null });

/** The one refusal after which nobody may simply try again. `why` is the middle of a sentence. */
export function outcomeUnknown(code: RefusalCode, why: string): Refusal {
  const advice = 'It may have kept the verification or not: look for it by its submission tag before you submit again.';
  return new Refusal(code, `Outcome unknown: ${why}. ${advice}`, { details: { outcome: 'unknown' } });
}

/** Whether a kept connection ended before any part of an answer came. */
export function isDroppedConnection(failure: unknown): boolean {
  return DROPPED.has(codeOf(failure) ?? '');
}

function codeOf(failure: unknown): string | null {
  if (failure instanceof errors.HTTPParserError) return 'HPE_INVALID';
  return failure instanceof Error && 'code' in failure && typeof failure.code === 'string' ? failure.code : null;
}

function retryAfter(headers: Headers): { retryAfter?: number } {
  const given = headers['retry-after'];
  if (typeof given !== 'string') return {};
  const seconds = /^\d{1,9}$/.test(given) ? Number(given) : Math.ceil((Date.parse(given) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? { retryAfter: Math.min(Math.max(seconds, 1), RETRY_AFTER_MAX) } : {};
}
