import { withOrigin } from '../store/file-url';
import { getVerification } from '../store/get-verification';
import { ApiError } from './api-error';
import type { Engine } from './engine';

/** `GET /v1/verification/{verificationId}`: one record. */
export async function get(engine: Engine, url: URL, verificationId: string): Promise<Response> {
  if (!/^\d+$/.test(verificationId)) {
    throw new ApiError(400, 'verificationId must be a whole number.', { field: 'verificationId' });
  }
  const number = Number(verificationId);
  const record = Number.isSafeInteger(number) ? await getVerification(engine.store, number) : null;
  if (record === null) throw new ApiError(404, `There is no verification ${verificationId.slice(0, 30)}.`);
  return new Response(`{"result":${withOrigin(record, url.origin)}}`, {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}
