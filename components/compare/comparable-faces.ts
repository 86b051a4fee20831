import { isWithin, type Size } from '@/lib/domain/geometry';
import { type EyePair, type EyeSource, eyesOf } from '@/lib/picture/align-eyes';
import type { FaceFacts } from '../evidence/face-facts';

/** A face that can be laid upon another. */
export interface ComparableFace {
  key: string;
  /** "ID face 1", "Selfie face 1". */
  name: string;
  fact: FaceFacts;
  /** In pixels of its picture. */
  eyes: EyePair;
  source: EyeSource;
}

export interface ComparableFaces {
  faces: ComparableFace[];
  /** The rest, each with one sentence why. */
  others: { name: string; why: string }[];
}

/** Which faces of a picture can be compared, in the record's order. Points outside the picture show nothing to compare. */
export function comparableFaces(facts: readonly FaceFacts[], picture: Size): ComparableFaces {
  const found: ComparableFaces = { faces: [], others: [] };
  for (const fact of facts) {
    const { face } = fact;
    const box = fact.drawable ? face.box : null;
    const given = eyesOf({ landmarks: face.landmarks, box });
    const seen =
      given && !isWithin(given.eyes.left, picture) && !isWithin(given.eyes.right, picture) ? eyesOf({ landmarks: {}, box }) : given;
    const name = `${face.category === 'id' ? 'ID' : 'Selfie'} face ${face.number}`;
    if (seen) found.faces.push({ key: fact.key, name, fact, ...seen });
    else found.others.push({ name, why: given ? 'Its eyes lie outside the picture, and it has no box that does not.' : whyNot(fact) });
  }
  return found;
}

/** The face a comparison begins with: the portrait, the largest face of a selfie, or else the first that can be compared. */
export function faceToBegin(faces: readonly ComparableFace[]): ComparableFace | null {
  return faces.find(({ fact }) => fact.main) ?? faces[0] ?? null;
}

/** How a face is laid that has no eyes as they should be; null when there is nothing to say. */
export function alignmentNote({ name, source }: Pick<ComparableFace, 'name' | 'source'>): string | null {
  if (source === 'box') return `${name} gives no two eyes: it is laid by its box, which is only a guess. Move it by hand.`;
  if (source === 'exchanged') return `The eyes of ${name} came under each other’s names; nose or mouth tell, and they were put right.`;
  return null;
}

function whyNot({ face, problem }: FaceFacts): string {
  return face.box
    ? (problem ?? 'Nothing of it lies within the picture.')
    : 'The record gives neither two eyes nor a box that can be drawn.';
}
