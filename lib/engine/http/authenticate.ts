import { createHash, timingSafeEqual } from 'node:crypto';
import { ApiError } from './api-error';

/**
 * Lets a request pass that shows the key, as `Authorization: Bearer` or as `x-api-key`; when both are sent, Bearer counts.
 * Throws ApiError 401. Takes equally long whatever was sent.
 */
export function authenticate(request: Request, key: string): void {
  const bearer = /^Bearer +(.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const shown = bearer ?? request.headers.get('x-api-key') ?? '';
  if (!timingSafeEqual(digest(shown), digest(key))) throw new ApiError(401, 'Unauthorized');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
