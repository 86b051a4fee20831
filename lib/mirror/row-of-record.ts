import { findingsOf } from '@/lib/domain/finding';
import type { Tag, Verification } from '@/lib/domain/verification';
import { COLUMN_BYTES, indexedText, TAG_NAME_BYTES, TAG_VALUE_BYTES } from './indexed-text';

/** A record as the index keeps it; the names are those of the columns. */
export interface RecordRow {
  verification_id: number;
  machine_result: string;
  /** Milliseconds since 1970. */
  received_at: number | null;
  model: string;
  model_version: string | null;
  id_file_name: string;
  id_file_size: number | null;
  id_file_type: string;
  selfie_file_name: string;
  selfie_file_size: number | null;
  selfie_file_type: string;
  similarity: number | null;
  confidence: number | null;
  findings: string[];
  raw: string;
  snapshot_hash: string;
  tags: Tag[];
}

/** The first moment PostgreSQL has, in 4713 BC. */
const TIME_MIN = -210_866_803_200_000;

/**
 * What the index keeps of a record. `raw` is the record's JSON text, `snapshotHash` its fingerprint. Pure; takes whatever the
 * upstream may say, so that one odd record never keeps its neighbours out.
 */
export function rowOfRecord(verification: Verification, raw: string, snapshotHash: string): RecordRow {
  const column = (text: string) => indexedText(text, COLUMN_BYTES);
  const { receivedAt, modelVersion } = verification;
  return {
    verification_id: verification.id,
    machine_result: verification.machineResult,
    received_at: receivedAt !== null && receivedAt >= TIME_MIN ? receivedAt : null,
    model: column(verification.model),
    model_version: modelVersion === null ? null : column(modelVersion),
    id_file_name: column(verification.idFileName),
    id_file_size: verification.idFileSize,
    id_file_type: column(verification.idFileType),
    selfie_file_name: column(verification.selfieFileName),
    selfie_file_size: verification.selfieFileSize,
    selfie_file_type: column(verification.selfieFileType),
    similarity: single(similarityOf(verification)),
    confidence: single(lowestConfidence(verification)),
    findings: [...new Set(findingsOf(verification).map(({ kind }) => kind))],
    raw,
    snapshot_hash: snapshotHash,
    tags: distinctTags(verification.tags),
  };
}

function similarityOf({ checks }: Verification): number | null {
  return checks.find((check) => check.kind.toLowerCase() === 'face_match')?.measure.value ?? null;
}

function lowestConfidence({ faces }: Verification): number | null {
  const known = faces.map((face) => face.confidence).filter((confidence) => confidence !== null);
  return known.length > 0 ? Math.min(...known) : null;
}

// The columns are of single precision, and PostgreSQL refuses what lies beyond it.
function single(value: number | null): number | null {
  if (value === null) return null;
  const rounded = Math.fround(value);
  return Number.isFinite(rounded) ? rounded : null;
}

function distinctTags(tags: Tag[]): Tag[] {
  const distinct = new Map<string, Tag>();
  for (const tag of tags) {
    const kept = { name: indexedText(tag.name, TAG_NAME_BYTES), value: indexedText(tag.value, TAG_VALUE_BYTES) };
    distinct.set(JSON.stringify([kept.name, kept.value]), kept);
  }
  return [...distinct.values()];
}
