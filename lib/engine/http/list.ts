import { withOrigin } from '../store/file-url';
import { listVerifications } from '../store/list-verifications';
import type { Engine } from './engine';
import { parseListQuery } from './list-query';

/** `GET /v1/verification`: one page of whole records. */
export async function list(engine: Engine, url: URL): Promise<Response> {
  const { total, count, records } = await listVerifications(engine.store, parseListQuery(url.searchParams));
  const body = `{"totalCount":${total},"count":${count},"data":[${withOrigin(records, url.origin)}]}`;
  return new Response(body, { headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } });
}
