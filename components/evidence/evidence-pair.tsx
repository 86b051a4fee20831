'use client';

import { useState } from 'react';
import type { EvidenceCategory } from '@/lib/domain/verification';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { Stage } from './stage';
import { Toolbar, type ViewCommands } from './toolbar';
import type { Evidence } from './use-evidence';
import { useOverlaySwitches } from './use-overlay-switches';
import type { PictureView } from './use-picture-view';

const ZOOM_STEP = 1.25;

export interface EvidencePairProps {
  evidence: Evidence;
  /** A frame of the selfie clip was kept as a picture, for the comparison; who takes the bitmap closes it. */
  onStill?: (bitmap: ImageBitmap, timeMs: number) => void;
}

/** The two pictures side by side and their tools. The keys act on the picture under pointer or focus, else on both. */
export function EvidencePair({ evidence, onStill }: EvidencePairProps) {
  const switches = useOverlaySwitches();
  const [active, setActive] = useState<EvidenceCategory | null>(null);
  const { id, face } = evidence.sides;
  const each = (act: (view: PictureView) => void) => () => {
    for (const { category, view } of [id, face]) if (active === null || category === active) act(view);
  };
  const commands: ViewCommands = {
    fit: () => {
      id.view.fit();
      face.view.fit();
    },
    actualSize: each((view) => view.actualSize()),
    zoomIn: each((view) => view.zoom(ZOOM_STEP)),
    zoomOut: each((view) => view.zoom(1 / ZOOM_STEP)),
    turnLeft: each((view) => view.turn(-1)),
    turnRight: each((view) => view.turn(1)),
  };
  useShortcuts('case', {
    fit: commands.fit,
    'actual-size': commands.actualSize,
    'zoom-in': commands.zoomIn,
    'zoom-out': commands.zoomOut,
    'turn-left': commands.turnLeft,
    'turn-right': commands.turnRight,
    boxes: switches.toggleBoxes,
    landmarks: switches.toggleLandmarks,
    'hide-overlay': () => switches.setPeeking(true),
  });
  const activate = (category: EvidenceCategory) => (on: boolean) => setActive((now) => (on ? category : now === category ? null : now));
  return (
    <div className="grid min-h-0 grid-rows-[1fr_auto]">
      <div className="grid min-h-0 auto-rows-[minmax(300px,1fr)] gap-2.5 px-2.5 pt-2.5 md:grid-cols-[1.25fr_1fr] lg:auto-rows-fr">
        <Stage side={id} evidence={evidence} switches={switches} onActive={activate('id')} />
        <Stage side={face} evidence={evidence} switches={switches} onActive={activate('face')} onStill={onStill} />
      </div>
      <Toolbar commands={commands} switches={switches} />
    </div>
  );
}
