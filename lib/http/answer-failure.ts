import { log } from '@/lib/auth/log';
import { isDatabaseAway } from '@/lib/domain/database-away';
import { type ErrorBody, REFUSAL_STATUS, Refusal } from '@/lib/domain/refusal';
import { databaseDown } from './database-down';

/** nginx's word for "the client went away before the answer"; nobody reads it but a log. */
const CLIENT_GONE = 499;

/**
 * Anything thrown, as an answer: a Refusal with its own code and status, a database that cannot be reached as 503, everything else as
 * 500 `internal`, whose cause is only in the log, under the request's id.
 */
export function answerFailure(failure: unknown, request: Request, requestId: string): Response {
  if (failure instanceof Refusal) return answerRefusal(failure, requestId);
  if (request.signal.aborted) return new Response(null, { status: CLIENT_GONE });
  if (isDatabaseAway(failure)) {
    log().error({ err: failure, requestId }, 'the database does not answer');
    return answerRefusal(databaseDown(), requestId);
  }
  log().error({ err: failure, requestId, method: request.method, path: new URL(request.url).pathname }, 'request failed');
  const message = 'Something went wrong here. Try again; if it stays, give an administrator the request id.';
  return answer(500, { error: { code: 'internal', message, requestId } });
}

function answerRefusal({ code, message, field, details, retryAfter }: Refusal, requestId: string): Response {
  const response = answer(REFUSAL_STATUS[code], {
    error: { code, message, requestId, ...(field !== undefined && { field }), ...(details !== undefined && { details }) },
  });
  if (retryAfter !== undefined) response.headers.set('retry-after', String(retryAfter));
  return response;
}

function answer(status: number, body: ErrorBody): Response {
  return Response.json(body, { status });
}
