'use client';

import dynamic from 'next/dynamic';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { PictureNotes } from '../media/picture-notes';
import { zoomLook } from '../privacy/zoom-look';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import { faceAt } from './face-at';
import { overlayFaces } from './overlay-scene';
import { pictureText } from './picture-text';
import { StageHeader } from './stage-header';
import { StageProblem } from './stage-problem';
import { StageSkeleton } from './stage-skeleton';
import { useElementSize } from './use-element-size';
import type { Evidence, EvidenceSide } from './use-evidence';
import { useGestures } from './use-gestures';
import type { OverlaySwitches } from './use-overlay-switches';
import { fileUrl } from './use-picture';
import { VideoStage } from './video-stage';

const StageCanvas = dynamic(() => import('./stage-canvas'), { ssr: false, loading: () => <StageSkeleton /> });

const PAN_STEP_PX = 40;

export interface StageProps {
  side: EvidenceSide;
  evidence: Evidence;
  switches: OverlaySwitches;
  /** Called when pointer or focus comes here (true) or goes (false): the keys then act on this picture alone. */
  onActive: (active: boolean) => void;
  /** A frame of a clip was kept as a picture; who takes the bitmap closes it. */
  onStill?: (bitmap: ImageBitmap, timeMs: number) => void;
}

/** One picture with its faces, or what became of it. */
export function Stage({ side, evidence, switches, onActive, onStill }: StageProps) {
  const { picture, category, title } = side;
  const shown = shownPicture(picture);
  const [playing, setPlaying] = useState(false);
  const frameTimeMs = picture.status === 'ready' ? (picture.frameTimeMs ?? null) : null;
  const clip = side.file?.name && (picture.status === 'video' || (frameTimeMs !== null && playing)) ? fileUrl(side.file.name) : null;
  const colour = category === 'id' ? '--face-id' : '--face-selfie';
  return (
    <section
      aria-label={title}
      className="grid min-h-[300px] min-w-0 grid-rows-[30px_1fr] overflow-hidden rounded-lg border border-line bg-surface lg:min-h-0"
      onPointerEnter={() => onActive(true)}
      onPointerLeave={() => onActive(false)}
    >
      <StageHeader side={side} />
      <div className="relative min-h-0 bg-matte">
        {picture.status === 'loading' && <StageSkeleton />}
        {clip && <VideoStage url={clip} name={side.file?.name ?? ''} facts={side.facts} frameTimeMs={frameTimeMs} onStill={onStill} />}
        {!shown &&
          picture.status !== 'ready' &&
          picture.status !== 'page' &&
          picture.status !== 'loading' &&
          picture.status !== 'video' && <StageProblem picture={picture} name={side.file?.name ?? null} retry={side.retry} />}
        {shown && !clip && (
          <PictureStage
            {...{ evidence, switches, onActive, colour }}
            side={shown === picture ? side : { ...side, facts: [] }}
            picture={shown}
          />
        )}
        {!clip && <PictureNotes picture={picture} />}
        {frameTimeMs !== null && (
          <Button small className="absolute top-2 right-2 z-10" onClick={() => setPlaying(!playing)}>
            {playing ? `Frame at ${(frameTimeMs / 1000).toFixed(2)} s` : 'Play the clip'}
          </Button>
        )}
      </div>
    </section>
  );
}

interface PictureStageProps extends StageProps {
  picture: Extract<EvidenceSide['picture'], { status: 'ready' }>;
  colour: '--face-id' | '--face-selfie';
}

function PictureStage({ side, picture, evidence, switches, onActive, colour }: PictureStageProps) {
  const { view, stage, fitted, pan, zoom, setStage } = side.view;
  const frame = useRef<HTMLDivElement>(null);
  const faces = useMemo(() => overlayFaces(side.facts), [side.facts]);
  useElementSize(frame, setStage);
  const gestures = useGestures(frame, {
    pan,
    zoom,
    hover: (point) => evidence.setLit(point && view && switches.boxes ? faceAt(point, { faces, picture: picture.size, view }) : null),
    press: (point) => evidence.setLit(view ? faceAt(point, { faces, picture: picture.size, view }) : null),
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const step = PAN_STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    pan(step[0] * PAN_STEP_PX, step[1] * PAN_STEP_PX);
  };
  const showOverlay = !switches.peeking;
  return (
    <section
      ref={frame}
      aria-label={`${side.title}: arrows move the picture`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture is moved by arrow keys, so it has to take the focus
      tabIndex={0}
      className={classNames(
        'absolute inset-0 cursor-grab select-none outline-offset-[-2px] active:cursor-grabbing',
        // One finger scrolls the page over a whole picture, and moves a picture that was zoomed.
        fitted ? 'touch-pan-y' : 'touch-none',
      )}
      onKeyDown={onKeyDown}
      onFocus={() => onActive(true)}
      onBlur={() => onActive(false)}
      {...gestures}
    >
      <div
        role="img"
        aria-label={pictureText(side.title, side.file?.fileName ?? '', side.facts)}
        className="absolute inset-0"
        style={view && stage ? zoomLook(view, picture.size, stage) : undefined}
      >
        {view && stage && (
          <StageCanvas
            bitmap={picture.bitmap}
            picture={picture.size}
            stage={stage}
            view={view}
            faces={faces}
            lit={evidence.lit}
            showBoxes={showOverlay && switches.boxes}
            showLandmarks={showOverlay && switches.landmarks}
            colour={colour}
          />
        )}
      </div>
    </section>
  );
}

// The page of a document lies on the canvas like a picture, but has no faces: the record's coordinates are not its own.
function shownPicture(picture: EvidenceSide['picture']): PictureStageProps['picture'] | null {
  if (picture.status === 'ready') return picture;
  return picture.status === 'page' ? { ...picture, status: 'ready' } : null;
}

const PAN_STEPS: Record<string, readonly [number, number] | undefined> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
