import type { Readable } from 'node:stream';
import { discard, requestUpstream, type UpstreamResponse } from './connection';
import { unreadable } from './refuse';

/** The request headers a browser's picture or player sends to get a part, or to ask whether what it has is still good. */
export interface FileConditions {
  range?: string | null;
  ifRange?: string | null;
  ifNoneMatch?: string | null;
}

/** A file on its way. `status` 200 is the whole file, also when a part was asked for: the upstream need not know parts. */
export interface OpenFile {
  status: 200 | 206 | 304;
  contentType: string | null;
  contentLength: number | null;
  contentRange: string | null;
  acceptRanges: string | null;
  etag: string | null;
  lastModified: string | null;
  /** The bytes, null for 304. Whoever does not read them must destroy the stream. */
  body: Readable | null;
}

/**
 * `GET /v1/files/{name}`, streamed. `name` must be a bare file name.
 * Throws a Refusal `not-found`, `range-not-satisfiable` or `upstream-*`; a fault within the bytes breaks the stream instead.
 */
export async function openFile(name: string, conditions: FileConditions, signal?: AbortSignal): Promise<OpenFile> {
  const headers: Record<string, string> = {};
  if (conditions.range) headers.range = conditions.range;
  if (conditions.ifRange) headers['if-range'] = conditions.ifRange;
  if (conditions.ifNoneMatch) headers['if-none-match'] = conditions.ifNoneMatch;
  const response = await requestUpstream({ path: `/v1/files/${encodeURIComponent(name)}`, headers, signal });
  return described(response, conditions);
}

function described(response: UpstreamResponse, conditions: FileConditions): OpenFile {
  const { statusCode } = response;
  const single = (name: string) => {
    const value = response.headers[name];
    return typeof value === 'string' ? value : null;
  };
  // A part nobody asked for would be taken for the whole file.
  const fits =
    statusCode === 200 ||
    (statusCode === 206 && conditions.range && single('content-range')) ||
    (statusCode === 304 && conditions.ifNoneMatch);
  if (!fits || (single('content-encoding') ?? 'identity') !== 'identity') {
    discard(response);
    throw unreadable();
  }
  if (statusCode === 304) discard(response);
  // Destroying an unread body reports an error; with nobody listening yet it would end the process.
  else response.body.on('error', () => undefined);
  const length = single('content-length');
  return {
    status: statusCode === 206 ? 206 : statusCode === 304 ? 304 : 200,
    contentType: single('content-type'),
    contentLength: length !== null && /^\d+$/.test(length) ? Number(length) : null,
    contentRange: single('content-range'),
    // Who ignores that a part was asked for sends none, whatever they say; of a file that changed since, all is sent by right.
    acceptRanges: statusCode === 200 && conditions.range && !conditions.ifRange ? null : single('accept-ranges'),
    etag: single('etag'),
    lastModified: single('last-modified'),
    body: statusCode === 304 ? null : response.body,
  };
}
