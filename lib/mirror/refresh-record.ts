import { db } from '@/lib/db/client';
import { Refusal } from '@/lib/domain/refusal';
import type { UpstreamRecord } from '@/lib/upstream/get';
import { type RecordSource, recordSource } from './record-source';
import { rowOfRecord } from './row-of-record';
import { writeRows, writeValues } from './write-rows';

const WRITE = writeRows(`
, readable_again AS (
  DELETE FROM console.unreadable_record WHERE verification_id = ANY(ARRAY(SELECT verification_id FROM incoming))
)`);

/**
 * Fetches one record and takes it over into the index, whatever the sync is doing. Throws a Refusal `not-found` when the upstream
 * has no such record, after marking it as missing where it was known, or `upstream-*`, and then the index is as it was.
 */
export async function refreshRecord(id: number, signal?: AbortSignal, source: RecordSource = recordSource()): Promise<UpstreamRecord> {
  const askedAt = Date.now();
  try {
    const found = await source.record(id, signal);
    await takeOver(found, askedAt);
    return found;
  } catch (failure) {
    if (failure instanceof Refusal && failure.code === 'not-found') await markMissing(id);
    throw failure;
  }
}

/** Takes a record over that was fetched already; `askedAt` in milliseconds since 1970, before it was asked for. */
export async function takeOver(found: UpstreamRecord, askedAt: number): Promise<void> {
  const row = rowOfRecord(found);
  await db().$queryRawUnsafe(WRITE, ...writeValues([row], askedAt));
}

/** Marks a record of the index as one the upstream no longer has. */
export async function markMissing(id: number): Promise<void> {
  await db().record.updateMany({ where: { verificationId: id, upstreamMissingAt: null }, data: { upstreamMissingAt: new Date() } });
}
