'use client';

import { useState } from 'react';
import type { Box, Size, StagePoint } from '@/lib/domain/geometry';
import { panBy, type View, zoomAt } from '@/lib/domain/view';
import { FITTED, type HeldView, holdView, turnBy, viewOfBox, viewOn } from './held-view';

/** The view of one picture and what can be done to it. Distances in CSS pixels of its canvas. */
export interface PictureView {
  /** Null until picture and canvas are both known. */
  view: View | null;
  stage: Size | null;
  fitted: boolean;
  setStage: (size: Size) => void;
  fit: () => void;
  actualSize: () => void;
  turn: (quarter: 1 | -1) => void;
  pan: (dx: number, dy: number) => void;
  /** Zooms about a point of the canvas, its middle when none is given. */
  zoom: (factor: number, anchor?: StagePoint) => void;
  centreOn: (box: Box) => void;
}

/** `picture` is the natural size, null while it is unknown; the view starts fitted. */
export function usePictureView(picture: Size | null): PictureView {
  const [stage, setStage] = useState<Size | null>(null);
  const [state, setState] = useState<HeldView>(FITTED);
  const change = (next: (view: View, stage: Size, picture: Size) => View) => {
    if (!stage || !picture) return;
    setState((current) => holdView(next(viewOn(stage, picture, current), stage, picture), picture, stage));
  };
  const zoom = (factor: number, anchor?: StagePoint) =>
    change((view, { width, height }) => zoomAt(view, anchor ?? { stageX: width / 2, stageY: height / 2 }, factor));
  return {
    view: stage && picture ? viewOn(stage, picture, state) : null,
    stage,
    fitted: state.held === null,
    setStage,
    zoom,
    fit: () => setState(({ turn }) => ({ turn, held: null })),
    // One picture pixel to one pixel of the screen, not of CSS: a reviewer asks for it to see every pixel.
    actualSize: () =>
      change((view, { width, height }) => {
        const factor = 1 / window.devicePixelRatio / view.scale;
        return zoomAt(view, { stageX: width / 2, stageY: height / 2 }, factor);
      }),
    turn: (quarter) => setState(({ turn }) => turnBy(turn, quarter)),
    pan: (dx, dy) => change((view) => panBy(view, dx, dy)),
    centreOn: (box) => change((view, room, size) => viewOfBox(box, size, room, view)),
  };
}
