import * as z from 'zod';
import { parseTolerantly } from '@/lib/upstream/parse-tolerantly';
import { call } from './service';

const tag = z.looseObject({ name: z.string(), value: z.string() });
const point = z.looseObject({ x: z.number(), y: z.number() });

export const face = z.looseObject({
  faceId: z.string(),
  detectionConfidence: z.number().min(0).max(1),
  landmarks: z.looseObject({ nose: point, left_eye: point, right_eye: point, mouth_left: point, mouth_right: point }),
  boundingBox: z.looseObject({ x1: z.number(), x2: z.number(), y1: z.number(), y2: z.number() }),
});

const file = z.looseObject({
  category: z.enum(['id', 'face']),
  fileName: z.string(),
  fileSize: z.int(),
  contentType: z.string(),
  timestamp: z.int(),
  timestampISO: z.string(),
  url: z.url(),
});

/** What the documented field reference promises of every record. What it only shows in a sample is asked elsewhere. */
export const record = z.looseObject({
  verificationId: z.int(),
  idFileType: z.string(),
  idFileName: z.string(),
  idFileSize: z.int(),
  selfieFileType: z.string(),
  selfieFileName: z.string(),
  selfieFileSize: z.int(),
  timestamp: z.int(),
  timestampISO: z.string(),
  model: z.string(),
  /** In the reference, but known to be left out: a point, not a promise. */
  modelVersion: z.unknown(),
  verified: z.boolean(),
  modelResults: z.looseObject({ technicalChecks: z.array(z.looseObject({})) }),
  tags: z.array(tag),
  files: z.array(file),
});
export type ApiRecord = z.infer<typeof record>;

const page = z.looseObject({ totalCount: z.int().optional(), count: z.int().optional(), data: z.array(record) });
export type Page = z.infer<typeof page>;

/** One page of the list. Throws when it is not answered, or a record breaks the field reference. */
export async function list(query: Record<string, string>): Promise<Page> {
  const response = await call(`/v1/verification?${new URLSearchParams(query)}`);
  if (response.status !== 200) throw new Error(`GET /v1/verification?${new URLSearchParams(query)} answered ${response.status}.`);
  // As the console reads it: a bare NaN is a finding of its own, not the end of every question.
  return page.parse(parseTolerantly(await response.text()).value);
}

export const idsOf = ({ data }: Page): number[] => data.map(({ verificationId }) => verificationId);

/** Last segment of a file's url, as it stands there. */
export const nameOf = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? '';

export const faceDetection = z.looseObject({
  checkType: z.literal('face_detection'),
  faceCount: z.looseObject({ id: z.int(), selfie: z.int() }),
  idFaces: z.array(face),
  selfieFaces: z.array(face),
});

/** The face detection of a record, null when it has none that reads as documented. */
export function facesOf({ modelResults }: ApiRecord): z.infer<typeof faceDetection> | null {
  for (const check of modelResults.technicalChecks) {
    const parsed = faceDetection.safeParse(check);
    if (parsed.success) return parsed.data;
  }
  return null;
}
