import * as z from 'zod/mini';

/**
 * A record as the upstream sends it, read tolerantly: what identifies the record must be there and well formed, all
 * else may be missing, null or of another type and is then carried as it came. Source: the vendor's "Response Structure".
 */
export const wireRecord = z.looseObject({
  verificationId: z.int().check(z.nonnegative()),
  idFileType: z.optional(z.unknown()),
  idFileName: z.optional(z.unknown()),
  idFileSize: z.optional(z.unknown()),
  selfieFileType: z.optional(z.unknown()),
  selfieFileName: z.optional(z.unknown()),
  selfieFileSize: z.optional(z.unknown()),
  timestamp: z.optional(z.unknown()),
  timestampISO: z.optional(z.unknown()),
  model: z.optional(z.unknown()),
  modelVersion: z.optional(z.unknown()),
  verified: z.optional(z.unknown()),
  modelResults: z.optional(z.unknown()),
  tags: z.optional(z.unknown()),
  files: z.optional(z.unknown()),
});

export type WireRecord = z.infer<typeof wireRecord>;

/** The five points the upstream names on a face. `left_eye` is the subject's left: the larger x in an upright picture. */
export const WIRE_LANDMARKS = ['nose', 'left_eye', 'right_eye', 'mouth_left', 'mouth_right'] as const;

export type WireLandmark = (typeof WIRE_LANDMARKS)[number];

export interface WirePoint {
  x: number;
  y: number;
}

/** A face as a service of this contract writes it. Coordinates in pixels of the file's picture as shown. */
export interface WireFace {
  faceId: string;
  detectionConfidence: number;
  landmarks: Record<WireLandmark, WirePoint>;
  boundingBox: { x1: number; x2: number; y1: number; y2: number };
}

export type WireOutcome = 'pass' | 'fail' | 'unknown';

export interface WireFaceDetection {
  checkType: 'face_detection';
  faceCount: { id: number; selfie: number };
  idFaces: WireFace[];
  selfieFaces: WireFace[];
  /** When the selfie is a video: the time of the frame that `selfieFaces` are of, in ms from its start. */
  frameTimeMs?: number;
}

/** `similarity` is a cosine in -1..1, null when there was no pair of faces to compare. */
export interface WireFaceMatch {
  checkType: 'face_match';
  similarity: number | null;
  threshold: number;
  outcome: WireOutcome;
  reason: string | null;
  /** When the selfie is a video, of whose frames `similarity` is the median: the time of the frame it is of. */
  frameTimeMs?: number;
}

/**
 * How the face of a video moves. `rigidity` is -1..1: how well the least agreeing of `frames` frames becomes the best one when
 * moved as a flat picture. At `threshold` and above the face counts as flat.
 */
export interface WireMotion {
  rigidity: number;
  threshold: number;
  frames: number;
}

/** `score` is 0..1, 1 being a living person; null when it could not be measured. */
export interface WireAntiSpoofing {
  checkType: 'anti_spoofing';
  score: number | null;
  threshold: number;
  outcome: WireOutcome;
  reason: string | null;
  /** When the selfie is a video, of whose frames `score` is the lowest: the time of the frame it is of. */
  frameTimeMs?: number;
  /** When the selfie is a video: null when its frames could not be compared. */
  motion?: WireMotion | null;
}

export type WireCheck = WireFaceDetection | WireFaceMatch | WireAntiSpoofing;

export interface WireTag {
  name: string;
  value: string;
}

export interface WireFile {
  category: 'id' | 'face';
  fileName: string;
  fileSize: number;
  contentType: string;
  timestamp: number;
  timestampISO: string;
  url: string;
}

/** A whole record as a service of this contract writes it. */
export interface WireVerification {
  verificationId: number;
  idFileType: string;
  idFileName: string;
  idFileSize: number;
  selfieFileType: string;
  selfieFileName: string;
  selfieFileSize: number;
  timestamp: number;
  timestampISO: string;
  model: string;
  modelVersion: string;
  verified: boolean;
  modelResults: { technicalChecks: WireCheck[] };
  tags: WireTag[];
  files: WireFile[];
}
