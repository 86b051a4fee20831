'use client';

import { useEffect, useMemo, useState } from 'react';
import { type CoordinateSpace, chooseSpace } from '@/lib/domain/coordinate-space';
import type { Size } from '@/lib/domain/geometry';
import type { Orientation } from '@/lib/domain/orientation';
import { type EvidenceCategory, facesOf, type Verification } from '@/lib/domain/verification';
import type { FacePlace } from './face-facts';
import { keepSpace, keptSpace } from './space-memory';
import type { PictureState } from './use-picture';

/** What the coordinates of one picture's faces count, and why that is thought. */
export interface Coordinates extends FacePlace {
  /** One sentence. */
  reason: string;
  /** Chosen by a person, against what was worked out. */
  byHand: boolean;
}

/** Works out the coordinates of one picture; null until it is there. `toggle` takes the other space, and keeps that for the case. */
export function useCoordinates(verification: Verification, category: EvidenceCategory, picture: PictureState) {
  const size = picture.status === 'ready' ? picture.size : null;
  const orientation = picture.status === 'ready' ? picture.orientation : 1;
  const [byHand, setByHand] = useState<CoordinateSpace | null>(null);
  useEffect(() => setByHand(keptSpace(verification.id, category)), [verification.id, category]);
  const coordinates = useMemo(
    () => size && coordinatesOf(verification, category, { size, orientation, byHand }),
    [verification, category, size, orientation, byHand],
  );
  const toggle = () => {
    if (!coordinates || orientation === 1) return;
    const other = coordinates.space === 'shown' ? 'stored' : 'shown';
    const next = coordinates.byHand ? null : other;
    setByHand(next);
    keepSpace(verification.id, category, next);
  };
  return { coordinates, toggle };
}

interface Known {
  size: Size;
  orientation: Orientation;
  byHand: CoordinateSpace | null;
}

function coordinatesOf(verification: Verification, category: EvidenceCategory, { size, orientation, byHand }: Known): Coordinates {
  const chosen = chooseSpace(facesOf(verification, category), size, orientation);
  if (orientation === 1 || byHand === null || byHand === chosen.space) return { size, orientation, ...chosen, byHand: false };
  return {
    size,
    orientation,
    space: byHand,
    reason: `Chosen by hand; it would be taken as ${chosen.space}. ${chosen.reason}`,
    byHand: true,
  };
}
