import { boxPlacement, boxSize, distance, rollDegrees, type Size } from '@/lib/domain/geometry';
import { type EvidenceCategory, type Face, facesOf, LANDMARK_NAMES, type Verification } from '@/lib/domain/verification';

/** Natural sizes of the two pictures in pixels, null while unknown. */
export type PictureSizes = Record<EvidenceCategory, Size | null>;

/** A face with everything a reviewer reads off it. Lengths in pixels of the picture, angles in degrees clockwise. */
export interface FaceFacts {
  /** Unique within a record, e.g. `id-1`. */
  key: string;
  face: Face;
  name: string;
  /** The face a comparison is about: the portrait of the ID, the largest face of the selfie. */
  main: boolean;
  size: Size | null;
  roll: number | null;
  eyeDistance: number | null;
  drawable: boolean;
  /** Why it is drawn otherwise than sent, or not at all; one sentence. */
  problem: string | null;
}

const BOX_PROBLEM = {
  missing: 'The record gives no box for this face.',
  'not-numbers': 'The box holds something that is not a number.',
  empty: 'The box has no area.',
  reversed: 'The corners came in the wrong order and were put right.',
} as const;

/** All faces of a record, those of the ID first, in the upstream's order. */
export function faceFacts(verification: Verification, pictures: PictureSizes): FaceFacts[] {
  return (['id', 'face'] as const).flatMap((category) => {
    const faces = facesOf(verification, category);
    const main = largest(faces);
    return faces.map((face) => factsOf(face, face === main, faces.length, pictures[category]));
  });
}

/** "0.9997", never rounded up to a certainty that was not measured; "no confidence" for null. */
export function formatConfidence(confidence: number | null): string {
  if (confidence === null) return 'no confidence';
  return confidence >= 1 ? '1.0000' : (Math.floor(confidence * 10_000) / 10_000).toFixed(4);
}

/** "86 × 104 px · roll 6.8° · eyes 39.6 px", leaving out what is unknown. */
export function formatFacts({ size, roll, eyeDistance }: Pick<FaceFacts, 'size' | 'roll' | 'eyeDistance'>): string {
  return [
    size && `${Math.round(size.width)} × ${Math.round(size.height)} px`,
    roll !== null && `roll ${roll.toFixed(1)}°`,
    eyeDistance !== null && `eyes ${eyeDistance.toFixed(1)} px`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function factsOf(face: Face, main: boolean, count: number, picture: Size | null): FaceFacts {
  const { left_eye: left, right_eye: right } = face.landmarks;
  const outside = face.box !== null && picture !== null && boxPlacement(face.box, picture) === 'outside';
  return {
    key: `${face.category}-${face.number}`,
    face,
    name: nameOf(face, main, count),
    main,
    size: face.box && boxSize(face.box),
    roll: left && right ? rollDegrees(left, right) : null,
    eyeDistance: left && right ? distance(left, right) : null,
    drawable: face.box !== null && !outside,
    problem: problemOf(face, picture),
  };
}

function nameOf({ category, number }: Face, main: boolean, count: number): string {
  if (category === 'face') return count === 1 || main ? `Selfie ${number}` : `Selfie ${number}, further face`;
  if (main) return `ID ${number}, portrait`;
  return count === 2 ? `ID ${number}, ghost portrait` : `ID ${number}, further face`;
}

function problemOf(face: Face, picture: Size | null): string | null {
  const sentences: string[] = [];
  if (face.boxProblem) sentences.push(BOX_PROBLEM[face.boxProblem]);
  const placement = face.box && picture ? boxPlacement(face.box, picture) : 'inside';
  if (placement === 'outside') sentences.push('The box lies outside the picture.');
  if (placement === 'clipped') sentences.push('Part of the box lies outside the picture.');
  const absent = LANDMARK_NAMES.filter((name) => !face.landmarks[name]);
  if (absent.length > 0) sentences.push(`Not usable as a point: ${absent.map((name) => name.replace('_', ' ')).join(', ')}.`);
  return sentences.length > 0 ? sentences.join(' ') : null;
}

function largest(faces: Face[]): Face | undefined {
  const area = ({ box }: Face) => (box ? (box.x2 - box.x1) * (box.y2 - box.y1) : 0);
  return faces.toSorted((a, b) => area(b) - area(a))[0];
}
