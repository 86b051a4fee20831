import { flawOf } from '@/lib/domain/record-flaw';
import { wireResult } from '@/lib/wire/list';
import { adaptVerification } from './adapt';
import { requestUpstream } from './connection';
import { parseJsonBytes, readJsonBytes } from './read-json-bytes';
import { FlawedRecord, unreadable } from './refuse';
import { snapshotHash } from './snapshot-hash';
import type { WholeRecord } from './whole-record';

/** One record and the answer it came in. */
export interface UpstreamRecord extends WholeRecord {
  /** The whole answer, byte for byte. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** `GET /v1/verification/{id}`. Throws a Refusal `not-found` or `upstream-*`, also when another record comes back. */
export async function getVerification(id: number, signal?: AbortSignal): Promise<UpstreamRecord> {
  const response = await requestUpstream({ path: `/v1/verification/${id}`, signal });
  const bytes = await readJsonBytes(response);
  const answer = wireResult.safeParse(parseJsonBytes(bytes));
  if (!answer.success) throw unreadable();
  const { result } = answer.data;
  const flaw = flawOf(result, null);
  if (flaw) throw new FlawedRecord(flaw);
  const verification = adaptVerification(result);
  if (verification.id !== id) throw new FlawedRecord({ kind: 'other-number', givenId: String(verification.id) });
  // The fingerprint first: it refuses a record that is nested too deep to be written again.
  const fingerprint = snapshotHash(result);
  return { bytes, raw: Buffer.from(JSON.stringify(result)), verification, snapshotHash: fingerprint };
}
