'use client';

import { type Dispatch, type SetStateAction, useCallback, useMemo, useState } from 'react';
import type { CompareMode } from '@/lib/domain/comparison-view';
import type { Size, StagePoint } from '@/lib/domain/geometry';
import type { FaceQuality } from '@/lib/picture/face-measures';
import { usePixelRatio } from '../evidence/pixel-ratio';
import type { Evidence, EvidenceSide } from '../evidence/use-evidence';
import { type CompareSide, compareSide, type SelfieStill } from './compare-side';
import { AT_REST, type CompareView, eyeDistanceOn, NOT_MOVED, paneAt, panesOf, type Shift, shiftBy, zoomCompare } from './compare-view';
import type { ComparisonScene } from './draw-comparison';
import { type Blink, useBlink } from './use-blink';
import { useCompareMode } from './use-compare-mode';
import { useDetail } from './use-detail';
import { useFaceMeasures } from './use-face-measures';

const PAN_STEP_PX = 24;
const NUDGE_PX = 1;
const ZOOM_STEP = 1.25;
/** A face moved by less than this share of the distance of its eyes is where it was laid. */
const MOVED_FROM = 1e-6;

/** Two faces, how they are laid upon each other, and what can be done to them. Distances in CSS pixels of the canvas. */
export interface Comparison {
  id: CompareSide;
  face: CompareSide;
  quality: { id: FaceQuality | null; face: FaceQuality | null };
  pick: (category: 'id' | 'face', key: string) => void;
  mode: CompareMode;
  chooseMode: (mode: CompareMode) => void;
  blink: Blink;
  split: number;
  setSplit: Dispatch<SetStateAction<number>>;
  mix: number;
  setMix: (mix: number) => void;
  /** Moving means the selfie face alone. */
  selfieAlone: boolean;
  setSelfieAlone: (on: boolean) => void;
  /** How both faces lie. */
  view: CompareView;
  /** What the selfie face was moved by hand, in distances of the eyes; null when it lies where its eyes put it. */
  moved: Shift | null;
  /** Neither zoomed nor moved. */
  atRest: boolean;
  zoom: (factor: number, anchor?: StagePoint) => void;
  pan: (dx: number, dy: number, selfieAlone: boolean) => void;
  /** Brings both faces back to where they were laid. */
  reset: () => void;
  stage: Size | null;
  setStage: (size: Size) => void;
  /** What is drawn; null while there is no pair. */
  scene: Omit<ComparisonScene, 'ratio' | 'stage'> | null;
  /** What a verb of the registry does while the canvas has the focus. */
  keys: Record<string, (() => void) | undefined>;
}

export function useComparison({ sides }: Pick<Evidence, 'sides'>, still: SelfieStill | null): Comparison {
  const [picked, setPicked] = useState<{ id: string | null; face: string | null }>({ id: null, face: null });
  const pick = useCallback((category: 'id' | 'face', key: string) => setPicked((now) => ({ ...now, [category]: key })), []);
  const [view, setView] = useState(AT_REST);
  // By pair: what was set by hand for the portrait says nothing of the ghost.
  const [offsets, setOffsets] = useState<Record<string, Shift>>({});
  const [split, setSplit] = useState(0.5);
  const [mix, setMix] = useState(0.5);
  const [selfieAlone, setSelfieAlone] = useState(false);
  const [stage, setStage] = useState<Size | null>(null);
  const { mode, choose } = useCompareMode();
  const blink = useBlink(mode === 'blink');
  const id = useCompareSide(sides.id, picked.id, null);
  const face = useCompareSide(sides.face, picked.face, still);
  const idEyes = id.chosen?.eyes ?? null;
  const faceEyes = face.chosen?.eyes ?? null;
  const ratio = usePixelRatio();
  const panes = stage && panesOf(mode, stage);
  const drawn = panes ? eyeDistanceOn(panes.id, view.zoom) * ratio : 0;
  const idPixels = useDetail(id.picture, idEyes, drawn);
  const facePixels = useDetail(face.picture, faceEyes, drawn);
  const quality = { id: useFaceMeasures(idPixels, idEyes), face: useFaceMeasures(facePixels, faceEyes) };

  const pair = `${id.chosen?.key} ${face.chosen?.key}`;
  const moved = offsets[pair] ?? NOT_MOVED;
  const isMoved = Math.hypot(moved.x, moved.y) > MOVED_FROM;
  // Drawn anew only when something of it changed, not whenever the pointer crosses a face elsewhere.
  const scene = useMemo(() => {
    if (!idPixels || !facePixels || !idEyes || !faceEyes) return null;
    const faces = { id: { pixels: idPixels, eyes: idEyes }, face: { pixels: facePixels, eyes: faceEyes } };
    return { ...faces, mode, view, moved, blinked: blink.shown, split, mix };
  }, [idPixels, facePixels, idEyes, faceEyes, mode, view, moved, blink.shown, split, mix]);
  const zoom = (factor: number, anchor?: StagePoint) =>
    panes && setView((now) => zoomCompare(now, factor, anchor ? paneAt(panes, anchor) : panes.id, anchor));
  const pan = (dx: number, dy: number, alone: boolean) => {
    if (!panes) return;
    const apart = eyeDistanceOn(panes.id, view.zoom);
    if (alone) setOffsets((now) => ({ ...now, [pair]: shiftBy(now[pair] ?? NOT_MOVED, dx, dy, apart) }));
    else setView((now) => ({ ...now, shift: shiftBy(now.shift, dx, dy, apart) }));
  };
  const reset = () => {
    setView(AT_REST);
    setOffsets(({ [pair]: _, ...others }) => others);
  };
  const step = (x: number, y: number) => () =>
    selfieAlone ? pan(x * NUDGE_PX, y * NUDGE_PX, true) : pan(x * PAN_STEP_PX, y * PAN_STEP_PX, false);
  const nudge = (x: number, y: number) => () => pan(x * NUDGE_PX, y * NUDGE_PX, true);
  return {
    id,
    face,
    quality,
    pick,
    mode,
    chooseMode: choose,
    blink,
    split,
    setSplit: (next) => setSplit((now) => Math.min(1, Math.max(0, typeof next === 'function' ? next(now) : next))),
    mix,
    setMix,
    selfieAlone,
    setSelfieAlone,
    view,
    moved: isMoved ? moved : null,
    atRest: !isMoved && !selfieAlone && view === AT_REST,
    zoom,
    pan,
    reset,
    stage,
    setStage,
    scene,
    keys: {
      'faces-left': step(-1, 0),
      'faces-right': step(1, 0),
      'faces-up': step(0, -1),
      'faces-down': step(0, 1),
      'selfie-left': nudge(-1, 0),
      'selfie-right': nudge(1, 0),
      'selfie-up': nudge(0, -1),
      'selfie-down': nudge(0, 1),
      'faces-reset': reset,
      'other-face': mode === 'blink' ? blink.turn : undefined,
      'zoom-in': () => zoom(ZOOM_STEP),
      'zoom-out': () => zoom(1 / ZOOM_STEP),
      fit: () => setView(AT_REST),
    },
  };
}

function useCompareSide({ category, picture, facts }: EvidenceSide, wanted: string | null, still: SelfieStill | null): CompareSide {
  return useMemo(() => compareSide({ category, picture, facts }, wanted, still), [category, picture, facts, wanted, still]);
}
