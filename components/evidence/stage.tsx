'use client';

import { useState } from 'react';
import type { EvidenceState } from '@/lib/domain/evidence-state';
import { PageTurner } from '../media/page-turner';
import { PictureNotes } from '../media/picture-notes';
import { lazyPart } from '../parts/lazy-part';
import { Button } from '../ui/button';
import { PictureStage } from './picture-stage';
import { StageHeader } from './stage-header';
import { StageProblem } from './stage-problem';
import type { StageProps } from './stage-props';
import { StageSkeleton } from './stage-skeleton';
import { fileUrl, type PictureState, type ReadyPicture } from './use-picture';

// Most selfies are pictures: the player comes with the first clip.
const VideoStage = lazyPart(() => import('./video-stage'), {
  name: 'The player',
  loading: <StageSkeleton />,
});

/** One picture with its faces, or what became of it. */
export function Stage({ side, state, evidence, switches, onActive, isActive, onStill }: StageProps & { state: EvidenceState | null }) {
  const { picture, title } = side;
  const shown = shownPicture(picture);
  const [playing, setPlaying] = useState(false);
  const [atOnce] = useState(shown !== null);
  const frameTimeMs = picture.status === 'ready' ? (picture.frameTimeMs ?? null) : null;
  const overlay = { boxes: switches.boxes && !switches.peeking, landmarks: switches.landmarks && !switches.peeking };
  const clip = side.file?.name && (picture.status === 'video' || (frameTimeMs !== null && playing)) ? side.file.name : null;
  return (
    <section
      aria-label={title}
      className="grid min-h-[300px] min-w-0 grid-rows-[30px_1fr] overflow-hidden rounded-lg border border-line bg-surface lg:min-h-0"
      onPointerEnter={() => onActive(true)}
      onPointerLeave={() => onActive(false)}
    >
      <StageHeader side={side} state={state} evidence={evidence} />
      <div className="relative min-h-0 bg-matte">
        {picture.status === 'loading' && <StageSkeleton />}
        {clip && <VideoStage name={clip} facts={side.facts} frameTimeMs={side.frameTimeMs} overlay={overlay} onStill={onStill} />}
        {picture.status !== 'ready' && picture.status !== 'page' && picture.status !== 'loading' && picture.status !== 'video' && (
          <StageProblem picture={picture} name={side.file?.name ?? null} retry={side.retry} />
        )}
        {shown && !clip && (
          <PictureStage
            {...{ evidence, switches, onActive, isActive, atOnce }}
            side={shown === picture ? side : { ...side, facts: [], drawn: [] }}
            picture={shown}
          />
        )}
        {!clip && <PictureNotes picture={picture} url={side.file?.name ? fileUrl(side.file.name) : null} />}
        {side.turner && <PageTurner turner={side.turner} />}
        {frameTimeMs !== null && (
          <Button small className="absolute top-2 right-2 z-10" onClick={() => setPlaying(!playing)}>
            {playing ? `Frame at ${(frameTimeMs / 1000).toFixed(2)} s` : 'Play the clip'}
          </Button>
        )}
      </div>
    </section>
  );
}

// The page of a document lies on the canvas like a picture, but has no faces: the record's coordinates are not its own.
function shownPicture(picture: PictureState): ReadyPicture | null {
  if (picture.status === 'ready') return picture;
  return picture.status === 'page' ? { ...picture, status: 'ready' } : null;
}
