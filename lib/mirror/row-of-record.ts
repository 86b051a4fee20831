import { findingsOf } from '@/lib/domain/finding';
import { indexedText, searchableTag } from '@/lib/domain/searchable-tag';
import { type Tag, tagValues, type Verification } from '@/lib/domain/verification';
import type { WholeRecord } from '@/lib/upstream/whole-record';

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
  /** How many of what was found deserves a look. */
  warnings: number;
  /** The first customer it names. */
  customer: string | null;
  /** All tags written out, as the grid shows them. */
  tag_text: string | null;
  /** How many faces it states, as `{on the ID,on the selfie}`; -1 for a number it does not give. */
  faces: string;
  /** The record's JSON as it came, in UTF-8. */
  raw: Uint8Array;
  snapshot_hash: string;
  tags: Tag[];
}

/**
 * The rules the columns of a row are made by: to be raised when these change, or those of the findings. Rows made by others are made
 * anew when the sync next meets their record.
 */
export const ROW_RULES = 2;

/** What a column may take in an index. */
const COLUMN_BYTES = 1000;

const CUSTOMER = 'customerId';

/** The first moment PostgreSQL has, in 4713 BC. */
const TIME_MIN = -210_866_803_200_000;

/**
 * What the index keeps of a record. Pure; takes whatever the upstream may say, so that one odd record never keeps its neighbours
 * out.
 */
export function rowOfRecord({ verification, raw, snapshotHash }: WholeRecord): RecordRow {
  const column = (text: string) => indexedText(text, COLUMN_BYTES);
  const { receivedAt, modelVersion, tags, faceCount } = verification;
  const findings = findingsOf(verification);
  const [customer] = tagValues(verification, CUSTOMER);
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
    findings: [...new Set(findings.map(({ kind }) => kind))],
    warnings: findings.filter(({ weight }) => weight === 'warning').length,
    customer: customer === undefined ? null : column(customer),
    tag_text: tags.length === 0 ? null : column(tags.map(({ name, value }) => `${name} = ${value}`).join(', ')),
    faces: `{${faceCount.id ?? -1},${faceCount.selfie ?? -1}}`,
    raw,
    snapshot_hash: snapshotHash,
    tags: distinctTags(tags),
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
    const kept = searchableTag(tag);
    distinct.set(JSON.stringify([kept.name, kept.value]), kept);
  }
  return [...distinct.values()];
}
