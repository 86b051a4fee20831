'use client';

import { useEffect, useRef, useState } from 'react';
import type { EvidenceState } from '@/lib/domain/evidence-state';
import type { EvidenceCategory } from '@/lib/domain/verification';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { AdjustPanel } from './adjust-panel';
import { readView } from './read-view';
import { Stage } from './stage';
import { Toolbar, type ViewCommands } from './toolbar';
import type { Evidence } from './use-evidence';
import { useFullScreen } from './use-full-screen';
import { useOverlaySwitches } from './use-overlay-switches';
import { offerView } from './view-in-use';

const ZOOM_STEP = 1.25;

export interface EvidencePairProps {
  evidence: Evidence;
  /** The states of both files; null while nothing is known. */
  states: Record<EvidenceCategory, EvidenceState | null>;
  /** A frame of the selfie clip was kept as a picture, for the comparison; who takes the bitmap closes it. */
  onStill?: (bitmap: ImageBitmap, timeMs: number) => void;
}

/** The two pictures side by side and their tools. The keys act on the picture under pointer or focus, else on both; paired, always on both. */
export function EvidencePair({ evidence, states, onStill }: EvidencePairProps) {
  const switches = useOverlaySwitches();
  const root = useRef<HTMLDivElement>(null);
  const fullScreen = useFullScreen(root);
  const [active, setActive] = useState<EvidenceCategory | null>(null);
  const [adjusting, setAdjusting] = useState<EvidenceCategory | 'both' | null>(null);
  useOfferedView(evidence, switches);
  const { id, face } = evidence.sides;
  const commands: ViewCommands = {
    fit: () => evidence.act(null, (view) => view.fit()),
    actualSize: () => evidence.act(active, (view) => view.actualSize()),
    zoomIn: () => evidence.act(active, (view) => view.zoom(ZOOM_STEP)),
    zoomOut: () => evidence.act(active, (view) => view.zoom(1 / ZOOM_STEP)),
    turnLeft: () => evidence.act(active, (view) => view.turn(-1)),
    turnRight: () => evidence.act(active, (view) => view.turn(1)),
    mirror: () => evidence.act(active, (view) => view.mirror()),
    adjust: () => setAdjusting((open) => (open ? null : evidence.paired ? 'both' : (active ?? 'both'))),
    reset: () => evidence.act(active, (view) => view.reset()),
  };
  useShortcuts('case', {
    fit: commands.fit,
    'actual-size': commands.actualSize,
    'zoom-in': commands.zoomIn,
    'zoom-out': commands.zoomOut,
    'turn-left': commands.turnLeft,
    'turn-right': commands.turnRight,
    mirror: commands.mirror,
    adjust: commands.adjust,
    'reset-view': commands.reset,
    pair: evidence.togglePaired,
    loupe: switches.nextLoupe,
    'full-screen': fullScreen.toggle,
    coordinates: () => {
      for (const side of [id, face]) if (active === null || active === side.category) side.toggleSpace();
    },
    boxes: switches.toggleBoxes,
    landmarks: switches.toggleLandmarks,
    'hide-overlay': () => switches.setPeeking(true),
  });
  const activate = (category: EvidenceCategory) => (on: boolean) => setActive((now) => (on ? category : now === category ? null : now));
  const isActive = (category: EvidenceCategory) => active === null || active === category || evidence.paired;
  return (
    <div ref={root} className="grid min-h-0 grid-rows-[1fr_auto] bg-bg">
      <div className="grid min-h-0 auto-rows-[minmax(300px,1fr)] gap-2.5 px-2.5 pt-2.5 md:grid-cols-[1.25fr_1fr] lg:auto-rows-fr">
        <Stage side={id} state={states.id} evidence={evidence} switches={switches} onActive={activate('id')} isActive={isActive('id')} />
        <Stage
          side={face}
          state={states.face}
          evidence={evidence}
          switches={switches}
          onActive={activate('face')}
          isActive={isActive('face')}
          onStill={onStill}
        />
      </div>
      <div className="relative">
        {adjusting && <AdjustPanel evidence={evidence} target={adjusting} onTarget={setAdjusting} onClose={() => setAdjusting(null)} />}
        <Toolbar
          commands={commands}
          switches={switches}
          adjusting={adjusting !== null}
          fullScreen={fullScreen}
          pair={{ on: evidence.paired, toggle: evidence.togglePaired }}
        />
      </div>
    </div>
  );
}

function useOfferedView(evidence: Evidence, switches: ReturnType<typeof useOverlaySwitches>): void {
  const read = useRef(() => readView(evidence, switches));
  useEffect(() => {
    read.current = () => readView(evidence, switches);
  });
  useEffect(() => offerView(evidence.caseId, () => read.current()), [evidence.caseId]);
}
