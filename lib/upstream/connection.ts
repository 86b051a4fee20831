import { type Dispatcher, Pool } from 'undici';
import { env } from '@/lib/env';
import { isDroppedConnection, refuseFailure, refuseStatus } from './refuse';

/** One GET of the upstream. `path` starts after the configured address, e.g. `/v1/verification/5`, already encoded. */
export interface UpstreamRequest {
  path: string;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

export type UpstreamResponse = Dispatcher.ResponseData;

/** Where the upstream is and what it wants to be shown. */
interface UpstreamAddress {
  origin: string;
  /** Path part of the configured address, without a slash at its end. */
  prefix: string;
  key: string;
}

interface Connection extends UpstreamAddress {
  pool: Pool;
}

const CONNECTIONS = 32;
/** Bytes worth reading to the end so that the connection can be kept; a longer rest closes it. */
const DISCARD_MAX = 65_536;

declare global {
  // On globalThis because a server may load this module once for its pages and once for its routes.
  var secondLookUpstream: Connection | undefined;
}

/**
 * Sends a GET with the key and answers once the headers are there; statuses other than 200, 206 and 304 are refused.
 * Redirects are never followed, so the key stays with the configured origin. Throws a Refusal `upstream-*` or `not-found`.
 */
export async function requestUpstream(request: UpstreamRequest): Promise<UpstreamResponse> {
  const { pool, prefix, key } = connection();
  const send = () =>
    pool.request({
      method: 'GET',
      path: prefix + request.path,
      headers: { ...request.headers, 'x-api-key': key },
      signal: request.signal ?? null,
    });
  // A kept connection may have been closed by the other side just now: one more try, on another connection.
  const response = await send()
    .catch((failure: unknown) => (isDroppedConnection(failure) && !request.signal?.aborted ? send() : Promise.reject(failure)))
    .catch((failure: unknown) => refuseFailure(failure, 'before the answer'));
  if (response.statusCode === 200 || response.statusCode === 206 || response.statusCode === 304) return response;
  discard(response);
  return refuseStatus(response.statusCode, response.headers);
}

/** Lets go of an answer whose body nobody will read. */
export function discard(response: UpstreamResponse): void {
  response.body.dump({ limit: DISCARD_MAX }).catch(() => undefined);
}

/** Closes the process's connections; the next request opens new ones from the settings. For tests and shutdown. */
export async function closeUpstream(): Promise<void> {
  const open = globalThis.secondLookUpstream;
  globalThis.secondLookUpstream = undefined;
  await open?.pool.destroy();
}

/** The configured upstream, read from the settings. */
export function upstreamAddress(): UpstreamAddress {
  const { VERIFICATION_API_URL, VERIFICATION_API_KEY = '', ENGINE_PORT } = env();
  const { origin, pathname } = new URL(VERIFICATION_API_URL ?? `http://127.0.0.1:${ENGINE_PORT}`);
  // People paste the address with or without the version the paths below begin with.
  const prefix = pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
  return { origin, prefix, key: VERIFICATION_API_KEY };
}

function connection(): Connection {
  globalThis.secondLookUpstream ??= open();
  return globalThis.secondLookUpstream;
}

function open(): Connection {
  const { UPSTREAM_TIMEOUT_MS: timeout } = env();
  const address = upstreamAddress();
  const pool = new Pool(address.origin, {
    connections: CONNECTIONS,
    headersTimeout: timeout,
    bodyTimeout: timeout,
    connect: { timeout },
  });
  return { ...address, pool };
}
