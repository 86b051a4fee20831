import { boxPlacement, boxSize, distance, isWithin, rollDegrees, type Size } from '@/lib/domain/geometry';
import { isGhostOf, mainFaceOf } from '@/lib/domain/main-face';
import { type EvidenceCategory, type Face, facesOf, LANDMARK_NAMES, type Verification } from '@/lib/domain/verification';
import { placeFace, type Space } from '@/lib/picture/choose-space';
import type { Orientation } from '@/lib/picture/orientation';

/** What has to be known of a picture to place faces on it. */
export interface FacePlace extends Space {
  /** Upright, in pixels. */
  size: Size;
  orientation: Orientation;
}

/** Both pictures, null while unknown. */
export type FacePlaces = Record<EvidenceCategory, FacePlace | null>;

/** A face with everything a reviewer reads off it. Lengths in pixels of the picture, angles in degrees clockwise. */
export interface FaceFacts {
  /** Unique within a record, e.g. `id-1`. */
  key: string;
  /** In pixels of the upright picture; `raw` is what the record says. */
  face: Face;
  name: string;
  /** The face a comparison is about: the portrait of the ID, the largest face of the selfie. */
  main: boolean;
  size: Size | null;
  roll: number | null;
  eyeDistance: number | null;
  drawable: boolean;
  /** Part of the box lies outside the picture. */
  clipped: boolean;
  /** Points that are none or lie outside the picture, each with what the record says of it. */
  undrawn: { name: string; raw: string }[];
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
export function faceFacts(verification: Verification, places: FacePlaces): FaceFacts[] {
  return (['id', 'face'] as const).flatMap((category) => {
    const place = places[category];
    const faces = facesOf(verification, category).map((face) => (place ? placeFace(face, place, place.size, place.orientation) : face));
    const main = mainFaceOf(faces, place?.size ?? null);
    return faces.map((face) => factsOf(face, nameOf(face, main, faces.length), face === main, place?.size ?? null));
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

function factsOf(face: Face, name: string, main: boolean, picture: Size | null): FaceFacts {
  const { left_eye: left, right_eye: right } = face.landmarks;
  const placement = face.box && picture ? boxPlacement(face.box, picture) : 'inside';
  const undrawn = undrawnPoints(face, picture);
  return {
    key: `${face.category}-${face.number}`,
    face,
    name,
    main,
    size: face.box && boxSize(face.box),
    roll: left && right ? rollDegrees(left, right) : null,
    eyeDistance: left && right ? distance(left, right) : null,
    drawable: face.box !== null && placement !== 'outside',
    clipped: placement === 'clipped',
    undrawn,
    problem: problemOf(face, placement, undrawn),
  };
}

function nameOf(face: Face, main: Face | undefined, count: number): string {
  const { category, number } = face;
  if (category === 'face') return count === 1 || face === main ? `Selfie ${number}` : `Selfie ${number}, further face`;
  if (face === main) return `ID ${number}, portrait`;
  return count === 2 && isGhostOf(face, main) ? `ID ${number}, ghost portrait` : `ID ${number}, further face`;
}

function problemOf(face: Face, placement: ReturnType<typeof boxPlacement>, undrawn: FaceFacts['undrawn']): string | null {
  const sentences: string[] = [];
  if (face.boxProblem) sentences.push(BOX_PROBLEM[face.boxProblem]);
  if (placement === 'outside') sentences.push('The box lies outside the picture.');
  if (placement === 'clipped') sentences.push('Part of the box lies outside the picture.');
  if (undrawn.length > 0) sentences.push(`Not usable as a point: ${undrawn.map(({ name }) => name).join(', ')}.`);
  return sentences.length > 0 ? sentences.join(' ') : null;
}

function undrawnPoints(face: Face, picture: Size | null): FaceFacts['undrawn'] {
  return LANDMARK_NAMES.filter((name) => {
    const point = face.landmarks[name];
    return !point || (picture !== null && !isWithin(point, picture));
  }).map((name) => ({ name: name.replace('_', ' '), raw: rawPoint(face.raw, name) }));
}

function rawPoint(raw: unknown, name: string): string {
  const points = typeof raw === 'object' && raw !== null ? Reflect.get(raw, 'landmarks') : undefined;
  const value = typeof points === 'object' && points !== null ? Reflect.get(points, name) : undefined;
  return value === undefined ? 'not in the record' : JSON.stringify(value);
}
