'use client';

import { useState } from 'react';
import { Button } from '../ui/button';
import { PictureStage } from './picture-stage';
import { StageHeader } from './stage-header';
import { StageProblem } from './stage-problem';
import type { StageProps } from './stage-props';
import { StageSkeleton } from './stage-skeleton';
import { fileUrl } from './use-picture';
import { VideoStage } from './video-stage';

/** One picture with its faces, or what became of it. */
export function Stage({ side, evidence, switches, onActive, isActive }: StageProps) {
  const { picture, title } = side;
  const [playing, setPlaying] = useState(false);
  const frameTimeMs = picture.status === 'ready' ? (picture.frameTimeMs ?? null) : null;
  const clip = side.file?.name && (picture.status === 'video' || (frameTimeMs !== null && playing)) ? fileUrl(side.file.name) : null;
  return (
    <section
      aria-label={title}
      className="grid min-h-[300px] min-w-0 grid-rows-[30px_1fr] overflow-hidden rounded-lg border border-line bg-surface lg:min-h-0"
      onPointerEnter={() => onActive(true)}
      onPointerLeave={() => onActive(false)}
    >
      <StageHeader side={side} evidence={evidence} />
      <div className="relative min-h-0 bg-matte">
        {picture.status === 'loading' && <StageSkeleton />}
        {clip && <VideoStage url={clip} faces={side.facts.length} frameTimeMs={frameTimeMs} />}
        {picture.status !== 'ready' && picture.status !== 'loading' && picture.status !== 'video' && (
          <StageProblem picture={picture} name={side.file?.name ?? null} retry={side.retry} />
        )}
        {picture.status === 'ready' && !clip && <PictureStage {...{ side, evidence, switches, onActive, isActive }} picture={picture} />}
        {frameTimeMs !== null && (
          <Button small className="absolute top-2 right-2 z-10" onClick={() => setPlaying(!playing)}>
            {playing ? `Frame at ${(frameTimeMs / 1000).toFixed(2)} s` : 'Play the clip'}
          </Button>
        )}
      </div>
    </section>
  );
}
