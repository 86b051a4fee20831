import { formatGridQuery, type GridQuery } from '@/lib/domain/grid-query';
import { requestUpstream } from './connection';
import { readJsonBytes } from './read-json-bytes';

/** A JSON answer of the upstream, byte for byte as it came. */
export interface UpstreamAnswer {
  bytes: Uint8Array<ArrayBuffer>;
}

/** `GET /v1/verification`: one page, unparsed; `adaptList` reads it. Throws a Refusal `upstream-*`. */
export async function listVerifications(query: GridQuery, signal?: AbortSignal): Promise<UpstreamAnswer> {
  const response = await requestUpstream({ path: `/v1/verification?${formatGridQuery(query)}`, signal });
  return { bytes: await readJsonBytes(response) };
}
