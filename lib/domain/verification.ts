import type { Box, BoxProblem, ImagePoint } from './geometry';

export type MachineResult = 'VERIFIED' | 'NOT_VERIFIED';
export type Outcome = 'pass' | 'fail' | 'unknown';
export type EvidenceCategory = 'id' | 'face';

export const LANDMARK_NAMES = ['left_eye', 'right_eye', 'nose', 'mouth_left', 'mouth_right'] as const;
export type LandmarkName = (typeof LANDMARK_NAMES)[number];

/** One detected face. `number` counts from 1 within its file; `raw` is the upstream's own object. */
export interface Face {
  id: string;
  category: EvidenceCategory;
  number: number;
  /** 0..1, or null when the upstream did not say. */
  confidence: number | null;
  box: Box | null;
  boxProblem: BoxProblem | null;
  landmarks: Partial<Record<LandmarkName, ImagePoint>>;
  /** Names the upstream sent with something that is no point. */
  brokenLandmarks: LandmarkName[];
  raw: unknown;
}

/** What a check measured, as far as it is understood. */
export interface Measure {
  /** A number of the check, e.g. a similarity, score or confidence; null when absent. */
  value: number | null;
  threshold: number | null;
}

/** One entry of the upstream's technicalChecks, known or unknown kind. */
export interface TechnicalCheck {
  /** The upstream's own word: `face_detection`, `FACE_MATCH`, ... */
  kind: string;
  known: boolean;
  outcome: Outcome;
  measure: Measure;
  /** Milliseconds into a selfie clip of the frame this check speaks of; null for a picture, or when it is not said. */
  frameTimeMs: number | null;
  reason: string | null;
  raw: unknown;
}

export interface Tag {
  name: string;
  value: string;
}

/** A picture or clip the upstream keeps. `name` is the last segment of its url, null when it has none that is usable. */
export interface EvidenceFile {
  category: EvidenceCategory;
  name: string | null;
  fileName: string;
  /** Bytes, or null when unknown. */
  size: number | null;
  contentType: string | null;
}

/** How many faces the upstream says it counted, beside the faces it lists. */
export interface FaceCount {
  id: number | null;
  selfie: number | null;
}

/** The upstream's record of one ID-selfie comparison. Immutable here. */
export interface Verification {
  id: number;
  machineResult: MachineResult;
  /** Milliseconds since 1970, UTC, from the upstream's `timestamp`; null when it has none. */
  receivedAt: number | null;
  /** The upstream's own text; it carries no zone and may disagree. */
  receivedIso: string | null;
  model: string;
  modelVersion: string | null;
  idFileName: string;
  idFileSize: number | null;
  idFileType: string;
  selfieFileName: string;
  selfieFileSize: number | null;
  selfieFileType: string;
  checks: TechnicalCheck[];
  faces: Face[];
  faceCount: FaceCount;
  tags: Tag[];
  files: EvidenceFile[];
}

/** The faces of one of the two files. */
export function facesOf(verification: Verification, category: EvidenceCategory): Face[] {
  return verification.faces.filter((face) => face.category === category);
}

/** The file of a category, or undefined when the record names none. */
export function fileOf(verification: Pick<Verification, 'files'>, category: EvidenceCategory): EvidenceFile | undefined {
  return verification.files.find((file) => file.category === category);
}

/** The names under which both files can be fetched; null for one that the record does not name. */
export function fileNames(verification: Pick<Verification, 'files'>): Record<EvidenceCategory, string | null> {
  const nameOf = (category: EvidenceCategory) => fileOf(verification, category)?.name ?? null;
  return { id: nameOf('id'), face: nameOf('face') };
}

/** All values of a tag; the upstream may send a name more than once. */
export function tagValues(verification: Verification, name: string): string[] {
  return verification.tags.filter((tag) => tag.name === name).map((tag) => tag.value);
}

/** Where in a selfie clip its listed faces were found, in milliseconds; null for a picture, or when the record does not say. */
export function faceFrameMs(verification: Verification): number | null {
  return verification.checks.find((check) => check.kind.toLowerCase() === 'face_detection')?.frameTimeMs ?? null;
}
