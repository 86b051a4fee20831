'use client';

import { useEffect, useMemo, useState } from 'react';
import type { CoordinateSpace, SpaceSetting } from '@/lib/domain/coordinate-space';
import type { Size } from '@/lib/domain/geometry';
import { type EvidenceCategory, facesOf, type Verification } from '@/lib/domain/verification';
import { chooseSpace } from '@/lib/picture/choose-space';
import type { Orientation } from '@/lib/picture/orientation';
import type { FacePlace } from './face-facts';
import { keepSpace, keptSpace } from './space-memory';
import type { PictureState } from './use-picture';

/** What the coordinates of one picture's faces count, and why that is thought. */
export interface Coordinates extends FacePlace {
  /** One sentence or two. */
  reason: string;
  /** Nothing tells for certain, or what tells contradicts itself. */
  isGuess: boolean;
  /** Chosen by a person, against what was worked out. */
  byHand: boolean;
}

/** Works out the coordinates of one picture; null until it is there. `toggle` takes the other space, and keeps that for the case. */
export function useCoordinates(verification: Verification, category: EvidenceCategory, picture: PictureState, setting: SpaceSetting) {
  const size = picture.status === 'ready' ? picture.size : null;
  const orientation = picture.status === 'ready' ? picture.orientation : 1;
  const [byHand, setByHand] = useState<CoordinateSpace | null>(null);
  useEffect(() => setByHand(keptSpace(verification.id, category)), [verification.id, category]);
  const coordinates = useMemo(
    () => size && coordinatesOf(verification, category, { size, orientation, byHand, setting }),
    [verification, category, size, orientation, byHand, setting],
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
  setting: SpaceSetting;
}

function coordinatesOf(verification: Verification, category: EvidenceCategory, known: Known): Coordinates {
  const { size, orientation, byHand, setting } = known;
  const faces = facesOf(verification, category);
  const chosen = chooseSpace(faces, size, orientation, setting);
  if (orientation === 1 || byHand === null || byHand === chosen.space) return { size, orientation, ...chosen, byHand: false };
  const { space, exchanged } = chooseSpace(faces, size, orientation, byHand);
  const reason = `Chosen by hand; it would be taken as ${chosen.space}. ${chosen.reason}`;
  return { size, orientation, space, exchanged, reason, isGuess: false, byHand: true };
}
