import type { FaceFacts } from './face-facts';

/** Which faces are listed and drawn. */
export interface FaceFilter {
  /** Shorter side of the box in picture pixels, at least. */
  size: number;
  /** 0..1, at least. */
  confidence: number;
}

export const EVERY_FACE: FaceFilter = { size: 0, confidence: 0 };

/** Up to this many faces nobody needs a filter. */
export const FILTER_FROM_FACES = 7;

/** The faces that pass. One whose size or confidence is unknown passes only where it is not asked for. */
export function filterFaces(facts: FaceFacts[], { size, confidence }: FaceFilter): FaceFacts[] {
  if (size === 0 && confidence === 0) return facts;
  return facts.filter((fact) => {
    const across = fact.size ? Math.min(fact.size.width, fact.size.height) : 0;
    return across >= size && (fact.face.confidence ?? 0) >= confidence;
  });
}
