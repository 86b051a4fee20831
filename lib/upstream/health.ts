import { DEFAULT_QUERY } from '@/lib/domain/grid-query';
import { Refusal, type RefusalCode } from '@/lib/domain/refusal';
import { env } from '@/lib/env';
import { adaptList } from './adapt-list';
import { listVerifications } from './list';

/** How the upstream answers right now. `embedded` is false when the settings name another service than the one that comes along. */
export interface UpstreamHealth {
  ok: boolean;
  embedded: boolean;
  /** Why not, when it does not. */
  code: RefusalCode | null;
}

/** Asks the upstream for one record, with the key: a service that refuses the key is not healthy for this console. */
export async function upstreamHealth(signal?: AbortSignal): Promise<UpstreamHealth> {
  const embedded = isEmbedded();
  try {
    adaptList((await listVerifications({ ...DEFAULT_QUERY, limit: 1 }, signal)).bytes);
    return { ok: true, embedded, code: null };
  } catch (failure) {
    if (failure instanceof Refusal) return { ok: false, embedded, code: failure.code };
    throw failure;
  }
}

function isEmbedded(): boolean {
  const { VERIFICATION_API_URL, ENGINE_PORT } = env();
  if (!VERIFICATION_API_URL) return true;
  const { hostname, port } = new URL(VERIFICATION_API_URL);
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) && port === String(ENGINE_PORT);
}
