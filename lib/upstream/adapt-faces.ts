import { readBox, readPoint } from '@/lib/domain/geometry';
import { type EvidenceCategory, type Face, type FaceCount, LANDMARK_NAMES, type LandmarkName } from '@/lib/domain/verification';
import { isFaceDetection } from './check-kind';
import { count, finite, listOf, member, text } from './read-value';

/** Every face the record lists, those of the ID document first. An entry that is no face still counts as one. */
export function adaptFaces(checks: unknown[]): Face[] {
  return [...facesOnSide(checks, 'idFaces', 'id'), ...facesOnSide(checks, 'selfieFaces', 'face')];
}

/** The numbers of faces the upstream states; null where it states none. */
export function adaptFaceCount(checks: unknown[]): FaceCount {
  const counts = checks.filter(isFaceDetection).map((check) => member(check, 'faceCount'));
  const first = (key: string) => counts.map((stated) => count(member(stated, key))).find((stated) => stated !== null) ?? null;
  return { id: first('id'), selfie: first('selfie') };
}

/** The list of faces of one side, beside the check or within its `details`; undefined when there is none. */
export function listedFaces(check: unknown, side: 'idFaces' | 'selfieFaces'): unknown {
  return member(check, side) ?? member(member(check, 'details'), side);
}

// Two face detections would list the same people twice: the first that lists any is taken.
function facesOnSide(checks: unknown[], side: 'idFaces' | 'selfieFaces', category: EvidenceCategory): Face[] {
  const lists = checks.filter(isFaceDetection).map((check) => listOf(listedFaces(check, side)));
  const entries = lists.find((list) => list.length > 0) ?? [];
  return entries.map((raw, index) => adaptFace(raw, category, index + 1));
}

function adaptFace(raw: unknown, category: EvidenceCategory, number: number): Face {
  const { box, problem } = readBox(member(raw, 'boundingBox'));
  const points = member(raw, 'landmarks');
  const landmarks: Face['landmarks'] = {};
  const brokenLandmarks: LandmarkName[] = [];
  for (const name of LANDMARK_NAMES) {
    const given = member(points, name);
    const point = readPoint(given);
    if (point) landmarks[name] = point;
    else if (given !== undefined) brokenLandmarks.push(name);
  }
  return {
    id: text(member(raw, 'faceId')) || `face_${number}`,
    category,
    number,
    confidence: share(member(raw, 'detectionConfidence') ?? member(raw, 'confidence')),
    box,
    boxProblem: problem,
    landmarks,
    brokenLandmarks,
    raw,
  };
}

// Out of 0..1 it is some other unit, and guessing which could turn a doubtful face into a sure one.
function share(value: unknown): number | null {
  const number = finite(value);
  return number !== null && number >= 0 && number <= 1 ? number : null;
}
