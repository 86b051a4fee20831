'use client';

import { useMemo, useState } from 'react';
import type { Size } from '@/lib/domain/geometry';
import { type EvidenceCategory, type EvidenceFile, faceFrameMs, fileOf, type Verification } from '@/lib/domain/verification';
import { type FaceFacts, faceFacts } from './face-facts';
import { type PictureState, usePicture } from './use-picture';
import { type PictureView, usePictureView } from './use-picture-view';

/** One of the two pictures: its file, how far it is loaded, how it lies on its canvas. */
export interface EvidenceSide {
  category: EvidenceCategory;
  title: string;
  file: EvidenceFile | undefined;
  picture: PictureState;
  retry: () => void;
  view: PictureView;
  facts: FaceFacts[];
}

/** Both pictures of a record, its faces, and the face that is lit on canvas and list alike. */
export interface Evidence {
  sides: Record<EvidenceCategory, EvidenceSide>;
  facts: FaceFacts[];
  lit: string | null;
  setLit: (key: string | null) => void;
  /** Brings a face to the middle of its canvas. */
  centre: (fact: FaceFacts) => void;
  /** Both files are there or known not to come. */
  settled: boolean;
}

export function useEvidence(verification: Verification): Evidence {
  const idFile = fileOf(verification, 'id');
  const selfieFile = fileOf(verification, 'face');
  const id = usePicture(idFile);
  const selfie = usePicture(selfieFile, faceFrameMs(verification));
  const idSize = sizeOf(id.picture);
  const selfieSize = sizeOf(selfie.picture);
  const idView = usePictureView(shownSizeOf(id.picture));
  const selfieView = usePictureView(shownSizeOf(selfie.picture));
  const [lit, setLit] = useState<string | null>(null);
  const facts = useMemo(() => faceFacts(verification, { id: idSize, face: selfieSize }), [verification, idSize, selfieSize]);
  const sideFacts = useMemo(
    () => ({ id: facts.filter(({ face }) => face.category === 'id'), face: facts.filter(({ face }) => face.category === 'face') }),
    [facts],
  );
  return {
    sides: {
      id: { category: 'id', title: 'ID document', file: idFile, ...id, view: idView, facts: sideFacts.id },
      face: { category: 'face', title: 'Selfie', file: selfieFile, ...selfie, view: selfieView, facts: sideFacts.face },
    },
    facts,
    lit,
    setLit,
    centre: ({ key, face }) => {
      setLit(key);
      if (face.box) (face.category === 'id' ? idView : selfieView).centreOn(face.box);
    },
    settled: id.picture.status !== 'loading' && selfie.picture.status !== 'loading',
  };
}

// A page is drawn at a size of our own: it can be moved about, but no box of the record is measured against it.
function shownSizeOf(picture: PictureState): Size | null {
  return picture.status === 'page' ? picture.size : sizeOf(picture);
}

function sizeOf(picture: PictureState): Size | null {
  return picture.status === 'ready' ? picture.size : null;
}
