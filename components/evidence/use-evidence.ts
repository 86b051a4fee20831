'use client';

import { useMemo, useState } from 'react';
import type { SpaceSetting } from '@/lib/domain/coordinate-space';
import { type EvidenceCategory, type EvidenceFile, faceFrameMs, fileOf, type Verification } from '@/lib/domain/verification';
import { type Turner, usePages } from '../media/use-pages';
import { type FaceFacts, faceFacts } from './face-facts';
import { EVERY_FACE, type FaceFilter, filterFaces } from './face-filter';
import type { PictureViewStore } from './picture-view-store';
import { type Coordinates, useCoordinates } from './use-coordinates';
import { type PictureState, usePicture } from './use-picture';
import { usePictureView } from './use-picture-view';

export interface EvidenceSide {
  category: EvidenceCategory;
  title: string;
  file: EvidenceFile | undefined;
  /** Where in a clip its faces were found, in milliseconds, by its record; null for a picture, or where it does not say. */
  frameTimeMs: number | null;
  picture: PictureState;
  /** Turns the pages of a document; null for anything else. */
  turner: Turner | null;
  retry: () => void;
  view: PictureViewStore;
  /** All faces of this side. */
  facts: FaceFacts[];
  /** Those the filter lets through. */
  drawn: FaceFacts[];
  /** Null until the picture is there. */
  coordinates: Coordinates | null;
  /** Takes the coordinates the other way; does nothing where there is no other. */
  toggleSpace: () => void;
}

export interface Sought {
  key: string;
}

/** Both pictures of a record, its faces, and the face that is lit on canvas and list alike. */
export interface Evidence {
  caseId: number;
  sides: Record<EvidenceCategory, EvidenceSide>;
  facts: FaceFacts[];
  filter: FaceFilter;
  setFilter: (filter: FaceFilter) => void;
  lit: string | null;
  setLit: (key: string | null) => void;
  /** The face a key led to last: its row is brought into sight. Another object for each step. */
  sought: Sought | null;
  /** Brings a face to the middle of its canvas. */
  centre: (fact: FaceFacts) => void;
  /** Lights the next (1) or previous (-1) face of a side, from its first or last, and brings it into sight; false beyond the end, where none is lit. */
  step: (category: EvidenceCategory, by: 1 | -1) => boolean;
  /** Both views move together. */
  paired: boolean;
  togglePaired: () => void;
  /** Does something to a view, and to the other one too while they are paired; with null to both. */
  act: (category: EvidenceCategory | null, change: (view: PictureViewStore) => void) => void;
}

/** `setting` is what is known of the pixels the verification API counts. */
export function useEvidence(verification: Verification, setting: SpaceSetting): Evidence {
  const id = useSide(verification, 'id', setting);
  const face = useSide(verification, 'face', setting);
  const [lit, setLit] = useState<string | null>(null);
  const [sought, setSought] = useState<Sought | null>(null);
  const [filter, setFilter] = useState(EVERY_FACE);
  const [paired, setPaired] = useState(false);
  const [idPlace, facePlace] = [id.coordinates, face.coordinates];
  const facts = useMemo(() => faceFacts(verification, { id: idPlace, face: facePlace }), [verification, idPlace, facePlace]);
  const bySide = useMemo(() => {
    const of = (category: EvidenceCategory) => {
      const own = facts.filter((fact) => fact.face.category === category);
      return { facts: own, drawn: filterFaces(own, filter) };
    };
    return { id: of('id'), face: of('face') };
  }, [facts, filter]);
  const sides = {
    id: { title: 'ID document', ...id, ...bySide.id },
    face: { title: 'Selfie', ...face, ...bySide.face },
  };
  return {
    caseId: verification.id,
    sides,
    facts,
    filter,
    setFilter,
    lit,
    setLit,
    sought,
    centre: (fact) => {
      setLit(fact.key);
      if (fact.face.box) sides[fact.face.category].view.centreOn(fact.face.box);
    },
    step: (category, by) => {
      const { drawn } = sides[category];
      const at = drawn.findIndex(({ key }) => key === lit);
      const next = drawn[at < 0 ? (by > 0 ? 0 : drawn.length - 1) : at + by];
      setLit(next?.key ?? null);
      setSought(next ? { key: next.key } : null);
      if (next?.face.box) sides[category].view.bringIntoSight(next.face.box);
      return next !== undefined;
    },
    paired,
    togglePaired: () => setPaired((on) => !on),
    act: (category, change) => {
      for (const side of ['id', 'face'] as const) if (category === null || paired || side === category) change(sides[side].view);
    },
  };
}

function useSide(verification: Verification, category: EvidenceCategory, setting: SpaceSetting) {
  const file = fileOf(verification, category);
  const frameTimeMs = category === 'face' ? faceFrameMs(verification) : null;
  const { picture: read, retry } = usePicture(file, frameTimeMs);
  const { picture, turner } = usePages(read);
  const view = usePictureView(picture.status === 'ready' || picture.status === 'page' ? picture.size : null);
  const { coordinates, toggle } = useCoordinates(verification, category, picture, setting);
  return { category, file, frameTimeMs, picture, turner, retry, view, coordinates, toggleSpace: toggle };
}
