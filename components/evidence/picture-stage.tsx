'use client';

import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { Size } from '@/lib/domain/geometry';
import { isPlain } from '@/lib/domain/picture-look';
import { lazyPart } from '../parts/lazy-part';
import { classNames } from '../ui/class-names';
import { faceAt } from './face-at';
import { type FaceFacts, formatConfidence, formatFacts } from './face-facts';
import { indexFaces } from './face-index';
import { LookFilter } from './look-filter';
import { Loupe } from './loupe';
import { overlayFaces } from './overlay-face';
import { pictureText } from './picture-text';
import { PointerPlace } from './pointer-place';
import type { StageProps } from './stage-props';
import { StageSkeleton } from './stage-skeleton';
import { useElementSize } from './use-element-size';
import { useGestures } from './use-gestures';
import type { ReadyPicture } from './use-picture';
import { useViewPart } from './use-picture-view';
import { useZoomLook } from './use-zoom-look';

const StageCanvas = lazyPart(() => import('./stage-canvas'), { name: 'The picture', loading: <StageSkeleton /> });

const PAN_STEP_PX = 40;
const PAN_STEPS: Record<string, readonly [number, number] | undefined> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

interface PictureStageProps extends StageProps {
  picture: ReadyPicture;
  /** Is drawn with the first paint, though the page answers later: for a picture that was there before its case was opened. */
  atOnce: boolean;
}

/** A picture that can be moved and looked into, with its faces above it. Tab goes from face to face and then on; Escape lets go at once. */
export function PictureStage({ side, picture, evidence, switches, onActive, isActive, atOnce }: PictureStageProps) {
  const { category, title, view: store, drawn } = side;
  const frame = useRef<HTMLDivElement>(null);
  const letGo = useRef(false);
  const [focused, setFocused] = useState(false);
  const [, setMeasured] = useState(false);
  const [pointer] = useState(() => new PointerPlace());
  const faces = useMemo(() => indexFaces(overlayFaces(drawn, picture.size)), [drawn, picture.size]);
  const fitted = useViewPart(store, ({ fitted }) => fitted);
  const ready = useViewPart(store, ({ view }) => view !== null);
  const look = useViewPart(store, ({ look }) => look);
  const zoom = useZoomLook(store, picture.size);
  const onSize = (size: Size) => {
    store.setStage(size);
    // What only the store tells is seen after the next paint.
    setMeasured(true);
  };
  useElementSize(frame, onSize, atOnce);
  const filterId = `look-${category}`;
  const under = (point: Parameters<typeof faceAt>[0]) =>
    store.view && switches.boxes ? faceAt(point, { index: faces, picture: picture.size, view: store.view }) : null;
  const gestures = useGestures(frame, {
    pan: (dx, dy) => evidence.act(category, (view) => view.pan(dx, dy)),
    zoom: (factor, { stageX, stageY }) => {
      const { width, height } = store.stage ?? { width: 1, height: 1 };
      evidence.act(category, (view) => view.zoom(factor, { across: stageX / width, down: stageY / height }));
    },
    hover: (point) => {
      pointer.moveTo(point);
      evidence.setLit(point && under(point));
    },
    press: (point) => evidence.setLit(under(point)),
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = PAN_STEPS[event.key];
    if (step) {
      event.preventDefault();
      evidence.act(category, (view) => view.pan(step[0] * PAN_STEP_PX, step[1] * PAN_STEP_PX));
    } else if (event.key === 'Tab' && !letGo.current) {
      if (evidence.step(category, event.shiftKey ? -1 : 1)) event.preventDefault();
    } else if (event.key === 'Escape' && !letGo.current && evidence.lit?.startsWith(category)) {
      event.preventDefault();
      letGo.current = true;
      evidence.setLit(null);
    }
  };
  const lit = focused ? drawn.find(({ key }) => key === evidence.lit) : undefined;
  const showOverlay = !switches.peeking;
  return (
    <section
      ref={frame}
      aria-label={`${title}: arrows move the picture, Tab goes from face to face, Escape and then Tab leaves`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture is moved by arrow keys, so it has to take the focus
      tabIndex={0}
      className={classNames(
        'absolute inset-0 cursor-grab select-none outline-offset-[-2px] active:cursor-grabbing',
        // One finger scrolls the page over a whole picture, and moves a picture that was zoomed.
        fitted ? 'touch-pan-y' : 'touch-none',
      )}
      onKeyDown={onKeyDown}
      onFocus={() => {
        letGo.current = false;
        setFocused(true);
        onActive(true);
      }}
      onBlur={() => {
        setFocused(false);
        onActive(false);
      }}
      {...gestures}
    >
      {!isPlain(look) && <LookFilter id={filterId} look={look} />}
      <div
        role="img"
        aria-label={pictureText(title, side.file?.fileName ?? '', drawn, picture.page)}
        className="absolute inset-0"
        style={zoom}
      >
        {ready && (
          <StageCanvas
            {...{ picture, store, faces, filterId }}
            lit={evidence.lit}
            showBoxes={showOverlay && switches.boxes}
            showLandmarks={showOverlay && switches.landmarks}
            colour={category === 'id' ? '--face-id' : '--face-selfie'}
          />
        )}
      </div>
      {ready && isActive && switches.loupe !== 0 && <Loupe {...{ picture, store, pointer, filterId }} level={switches.loupe} />}
      <p aria-live="polite" className="sr-only">
        {lit && litText(lit)}
      </p>
    </section>
  );
}

function litText(fact: FaceFacts): string {
  return [fact.name, formatConfidence(fact.face.confidence), formatFacts(fact), fact.problem].filter(Boolean).join(', ');
}
