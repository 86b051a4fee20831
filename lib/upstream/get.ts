import type { Verification } from '@/lib/domain/verification';
import { wireResult } from '@/lib/wire/list';
import { adaptVerification } from './adapt';
import { requestUpstream } from './connection';
import { parseJsonBytes, readJsonBytes } from './read-json-bytes';
import { unreadable } from './refuse';
import { snapshotHash } from './snapshot-hash';

/** One record as it came, as it is understood here, and its fingerprint. */
export interface UpstreamRecord {
  bytes: Uint8Array<ArrayBuffer>;
  /** The parsed record. */
  record: unknown;
  verification: Verification;
  /** Hex sha256, see `snapshotHash`. */
  snapshotHash: string;
}

/** `GET /v1/verification/{id}`. Throws a Refusal `not-found` or `upstream-*`, also when another record comes back. */
export async function getVerification(id: number, signal?: AbortSignal): Promise<UpstreamRecord> {
  const response = await requestUpstream({ path: `/v1/verification/${id}`, signal });
  const bytes = await readJsonBytes(response);
  const answer = wireResult.safeParse(parseJsonBytes(bytes));
  if (!answer.success) throw unreadable();
  const verification = adaptVerification(answer.data.result);
  if (verification.id !== id) throw unreadable();
  return { bytes, record: answer.data.result, verification, snapshotHash: snapshotHash(answer.data.result) };
}
