import * as z from 'zod/mini';
import { isSubmissionField, type SubmissionField } from '@/lib/domain/submission';
import { mayRefuseSession, sessionHeaders, settle } from '../api/request';

/** How a submission ended. After `unknown` the record may exist; after the others but `done` it does not. */
export type SendResult =
  | { kind: 'done'; id: number }
  | { kind: 'refused'; message: string; field: SubmissionField | null }
  | { kind: 'unknown'; message: string }
  | { kind: 'cancelled' };

/** How far it is: a share of the bytes sent (0..1), or `looking` once all are and the service judges them. */
export type SendProgress = number | 'looking';

const created = z.object({ result: z.object({ verificationId: z.int() }) });
const refused = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    field: z.optional(z.string()),
    details: z.optional(z.object({ outcome: z.optional(z.string()) })),
  }),
});

const LOOK_FIRST = 'The verification may have been kept or not: look for it before you submit again.';

/**
 * Posts a form once and tells how far it is. Never throws and never repeats. Only XMLHttpRequest reports the progress of an
 * upload. Until the last byte has left, a form cannot be read by anyone: what ends before that was not submitted.
 */
export function sendForm(form: FormData, onProgress: (progress: SendProgress) => void, signal: AbortSignal): Promise<SendResult> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let whole = false;
    const end = (result: SendResult) => {
      signal.removeEventListener('abort', cancel);
      resolve(result);
    };
    const cancel = () => request.abort();
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
    request.upload.addEventListener('load', () => {
      whole = true;
      onProgress('looking');
    });
    request.addEventListener('load', () => {
      if (mayRefuseSession(request.status)) settle(request.responseText);
      end(readAnswer(request.status, request.responseText));
    });
    request.addEventListener('error', () => end(whole ? unknown('the connection to the console broke off') : NOT_SENT));
    request.addEventListener('abort', () => end(whole ? unknown('you stopped waiting') : { kind: 'cancelled' }));
    signal.addEventListener('abort', cancel);
    request.open('POST', '/api/verifications');
    for (const [name, value] of Object.entries(sessionHeaders())) request.setRequestHeader(name, value);
    request.send(form);
  });
}

function readAnswer(status: number, text: string): SendResult {
  const body = parse(text);
  const done = created.safeParse(body);
  if (status === 201 && done.success) return { kind: 'done', id: done.data.result.verificationId };
  const told = refused.safeParse(body);
  // Anything but a refusal, a fault of the console included, may have come after the service had kept the record.
  if (!told.success || told.data.error.code === 'internal') return unknown(`the console answered ${status} in a form nobody expected`);
  const { message, field, details, code } = told.data.error;
  if (details?.outcome === 'unknown') return { kind: 'unknown', message };
  const advice = 'Nothing was submitted. Everything chosen here is kept; submit again once you are signed in.';
  const isLost = code === 'not-signed-in' || code === 'other-session';
  return { kind: 'refused', message: isLost ? advice : message, field: isSubmissionField(field) ? field : null };
}

const NOT_SENT: SendResult = {
  kind: 'refused',
  message: 'The console could not be reached, and nothing was submitted. Check the connection and submit again.',
  field: null,
};

const unknown = (why: string): SendResult => ({ kind: 'unknown', message: `Outcome unknown: ${why}. ${LOOK_FIRST}` });

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
