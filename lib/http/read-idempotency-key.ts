import { Refusal } from '@/lib/domain/refusal';

const HEADER = 'Idempotency-Key';

/** The key of a write, undefined when none was sent. Throws a Refusal `bad-request` unless it is 1 to 200 printable ASCII characters. */
export function readIdempotencyKey(headers: Headers): string | undefined {
  const key = headers.get(HEADER) ?? undefined;
  if (key !== undefined && !/^[\x20-\x7e]{1,200}$/.test(key))
    throw new Refusal('bad-request', `${HEADER} must be 1 to 200 printable characters.`, { field: HEADER });
  return key;
}

/** The key of a write that is not done without one. Throws a Refusal `bad-request`. */
export function requireIdempotencyKey(headers: Headers): string {
  const key = readIdempotencyKey(headers);
  if (key === undefined)
    throw new Refusal('bad-request', `Send an ${HEADER}, so that a repeated request is not a second one.`, { field: HEADER });
  return key;
}
