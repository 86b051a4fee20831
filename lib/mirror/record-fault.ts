import { z } from 'zod';
import { NOTICED_KINDS } from '@/lib/domain/finding';
import { Refusal } from '@/lib/domain/refusal';
import { ERASED_RECORD } from '@/lib/domain/retention';
import { adaptVerification } from '@/lib/upstream/adapt';
import { snapshotHash } from '@/lib/upstream/snapshot-hash';
import { type RecordRow, ROW_RULES, rowOfRecord } from './row-of-record';

const whole = z.coerce.number();
const tagPairs = z.array(z.tuple([z.string(), z.string()]));

/** A record of the index with everything that follows from its text; `received_at` is milliseconds since 1970. */
export const storedRecord = z.object({
  verification_id: whole,
  machine_result: z.string(),
  received_at: z.number().nullable(),
  model: z.string(),
  model_version: z.string().nullable(),
  id_file_name: z.string(),
  id_file_size: whole.nullable(),
  id_file_type: z.string(),
  selfie_file_name: z.string(),
  selfie_file_size: whole.nullable(),
  selfie_file_type: z.string(),
  similarity: z.number().nullable(),
  confidence: z.number().nullable(),
  findings: z.array(z.string()).nullable(),
  warnings: z.number(),
  customer: z.string().nullable(),
  tag_text: z.string().nullable(),
  faces: z.string().nullable(),
  raw: z.string(),
  snapshot_hash: z.string(),
  made_by: z.number(),
  tags: tagPairs,
  erased: z.boolean(),
});
export type StoredRecord = z.infer<typeof storedRecord>;

/** The SQL of those columns, of `console.record AS r`. */
export const STORED_RECORD_COLUMNS = `r.verification_id, r.machine_result, round(extract(epoch FROM r.received_at) * 1000)::float8 AS received_at,
  r.model, r.model_version, r.id_file_name, r.id_file_size, r.id_file_type, r.selfie_file_name, r.selfie_file_size, r.selfie_file_type,
  r.similarity, r.confidence, r.findings, r.warnings, r.customer, r.tag_text, r.faces::text AS faces, r.raw, r.snapshot_hash, r.made_by,
  (SELECT coalesce(jsonb_agg(jsonb_build_array(t.name, t.value)), '[]') FROM console.record_tag AS t
    WHERE t.verification_id = r.verification_id) AS tags,
  EXISTS (SELECT FROM console.erasure AS e WHERE e.verification_id = r.verification_id) AS erased`;

/** The columns that are compared as they are. */
const PLAIN = [
  ...['received_at', 'model', 'model_version', 'id_file_name', 'id_file_size', 'id_file_type', 'selfie_file_name'],
  ...['selfie_file_size', 'selfie_file_type', 'warnings', 'customer', 'tag_text', 'faces'],
] as const satisfies (keyof RecordRow & keyof StoredRecord)[];

/**
 * Returns whether a record of the index is what its text comes to: the fingerprint, and every column and tag that is made from it. Of a row
 * that earlier rules made, only fingerprint and automated result can be compared; the next pass of the sync makes it anew. What is left of
 * an erased record is no more than the erasure leaves. Pure.
 */
export function isAsItsText(stored: StoredRecord): boolean {
  if (stored.erased || stored.raw === ERASED_RECORD) return stored.erased && isEmptied(stored);
  const record = jsonOf(stored.raw);
  if (record === undefined || snapshotHash(record) !== stored.snapshot_hash) return false;
  const made = rowOf(record);
  // Text that cannot be read as a record by now makes no columns; they stand as they were made.
  if (!made) return true;
  if (made.verification_id !== stored.verification_id || made.machine_result !== stored.machine_result) return false;
  return stored.made_by !== ROW_RULES || hasColumns(stored, made);
}

/** Returns whether an earlier version of a record is what its fingerprint says. Pure. */
export function isAsItsFingerprint({ raw, snapshot_hash: fingerprint, erased }: Pick<StoredRecord, 'raw' | 'snapshot_hash' | 'erased'>) {
  if (raw === ERASED_RECORD) return erased;
  const record = jsonOf(raw);
  return !erased && record !== undefined && snapshotHash(record) === fingerprint;
}

function isEmptied({ raw, id_file_name: idFile, selfie_file_name: selfie, findings, tags }: StoredRecord): boolean {
  return raw === ERASED_RECORD && idFile === '' && selfie === '' && tags.length === 0 && (findings ?? []).length === 0;
}

function jsonOf(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

function rowOf(record: unknown): RecordRow | null {
  try {
    return rowOfRecord({ verification: adaptVerification(record), raw: new Uint8Array(), snapshotHash: '' });
  } catch (failure) {
    if (failure instanceof Refusal) return null;
    throw failure;
  }
}

function hasColumns(stored: StoredRecord, made: RecordRow): boolean {
  return (
    PLAIN.every((name) => stored[name] === made[name]) &&
    single(stored.similarity) === made.similarity &&
    single(stored.confidence) === made.confidence &&
    sameTexts(
      (stored.findings ?? []).filter((kind) => !isNoticed(kind)),
      made.findings,
    ) &&
    sameTexts(
      stored.tags.map((tag) => JSON.stringify(tag)),
      made.tags.map(({ name, value }) => JSON.stringify([name, value])),
    )
  );
}

const noticed: readonly string[] = NOTICED_KINDS;
const isNoticed = (kind: string) => noticed.includes(kind);
// The database writes a number of single precision with fewer digits.
const single = (value: number | null) => (value === null ? null : Math.fround(value));

function sameTexts(some: readonly string[], others: readonly string[]): boolean {
  const wanted = new Set(others);
  return some.length === wanted.size && some.every((text) => wanted.has(text));
}
