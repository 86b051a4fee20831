import { COORDINATE_SPACES, type CoordinateSpace } from '@/lib/domain/coordinate-space';
import type { EvidenceCategory } from '@/lib/domain/verification';

const keyOf = (caseId: number, category: EvidenceCategory) => `second-look:space:${caseId}:${category}`;

/** The coordinate space somebody chose by hand for a picture of a case in this browser; null when nobody did. */
export function keptSpace(caseId: number, category: EvidenceCategory): CoordinateSpace | null {
  const kept = storage()?.getItem(keyOf(caseId, category));
  return COORDINATE_SPACES.find((space) => space === kept) ?? null;
}

/** Keeps that choice, or forgets it with null. */
export function keepSpace(caseId: number, category: EvidenceCategory, space: CoordinateSpace | null): void {
  try {
    if (space === null) storage()?.removeItem(keyOf(caseId, category));
    else storage()?.setItem(keyOf(caseId, category), space);
  } catch {
    // A full or forbidden storage costs the choice its survival of a reload.
  }
}

function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
