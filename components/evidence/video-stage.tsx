'use client';

import { useState } from 'react';
import { StageProblem } from './stage-problem';

type Trouble = 'missing' | 'failed' | null;

/** A clip as it was sent. No box is drawn on it: the faces belong to one frame, if the record says to which at all. */
export function VideoStage({ url, faces, frameTimeMs }: { url: string; faces: number; frameTimeMs: number | null }) {
  const [trouble, setTrouble] = useState<Trouble>(null);
  const [attempt, setAttempt] = useState(0);
  // The element only says that it failed; the first byte says why.
  const ask = async () => {
    const answer = await fetch(url, { headers: { range: 'bytes=0-0' } }).catch(() => null);
    setTrouble(answer?.status === 404 ? 'missing' : 'failed');
  };
  if (trouble) {
    const again = () => {
      setTrouble(null);
      setAttempt((count) => count + 1);
    };
    const picture =
      trouble === 'missing'
        ? ({ status: 'missing' } as const)
        : ({ status: 'failed', sentence: 'This browser cannot play the clip, or it broke off.' } as const);
    return <StageProblem picture={picture} name={null} retry={again} />;
  }
  return (
    <div className="absolute inset-0 grid grid-rows-[1fr_auto]">
      <video key={attempt} src={url} controls muted playsInline preload="metadata" className="h-full min-h-0 w-full" onError={ask} />
      <p className="bg-black/60 px-3 py-1.5 text-sm text-white">
        {frameTimeMs === null
          ? `Frame unknown: the record does not say which frame its ${faces === 1 ? 'face belongs' : `${faces} faces belong`} to, so none is drawn.`
          : `The faces were found in the frame at ${(frameTimeMs / 1000).toFixed(2)} s; they are drawn on that frame alone.`}
      </p>
    </div>
  );
}
