import { DEFAULT_QUERY } from '@/lib/domain/grid-query';
import { Refusal } from '@/lib/domain/refusal';
import { adaptList } from './adapt-list';
import { upstreamAddress } from './connection';
import { listVerifications } from './list';

/** How the verification API answered just now. `failure` is a sentence that says what to do; null when it answered well. */
export interface ConnectionTest {
  failure: string | null;
  /** How many records it says it has; null after a failure. */
  records: number | null;
  /** From the question to the whole answer. */
  milliseconds: number;
}

/** Where the console asks, and whether it has a key to show; the key itself stays here. */
export function connectionSettings(): { address: string; hasKey: boolean } {
  const { origin, prefix, key } = upstreamAddress();
  return { address: `${origin}${prefix}`, hasKey: key !== '' };
}

/** Asks for one record, with the key. A service that refuses the key, or answers what cannot be read, has failed. */
export async function testConnection(): Promise<ConnectionTest> {
  const started = performance.now();
  const spent = () => Math.round(performance.now() - started);
  try {
    const { totalCount } = adaptList((await listVerifications({ ...DEFAULT_QUERY, limit: 1 })).bytes);
    return { failure: null, records: totalCount, milliseconds: spent() };
  } catch (failure) {
    if (failure instanceof Refusal) return { failure: failure.message, records: null, milliseconds: spent() };
    throw failure;
  }
}
