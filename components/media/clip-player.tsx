'use client';

import { type CSSProperties, useState } from 'react';
import type { FaceFacts } from '../evidence/face-facts';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { ClipControls } from './clip-controls';
import { ClipFaces } from './clip-faces';
import { ClipStrip } from './clip-strip';
import { clock } from './clock';
import { RATES, useClip } from './use-clip';

export interface ClipPlayerProps {
  url: string;
  facts: FaceFacts[];
  /** Where the faces were found, in milliseconds; null when the record does not say. */
  frameTimeMs: number | null;
  /** Gets the frame on the screen as a picture; who takes the bitmap closes it. */
  onStill?: ((bitmap: ImageBitmap, timeMs: number) => void) | undefined;
  onError: () => void;
}

/** Two times closer than this name one frame. */
const SAME_FRAME_S = 0.0015;

/** For the veil around it. */
const AS_LARGE_AS_ITS_STAGE: CSSProperties & { '--zoom': number } = { '--zoom': 1 };

/** A clip, frame by frame. Boxes lie on the one frame they belong to; where that is unknown, on none unless one asks for it. */
export function ClipPlayer({ url, facts, frameTimeMs, onStill, onError }: ClipPlayerProps) {
  const clip = useClip(frameTimeMs);
  const { state, video } = clip;
  const [guessing, setGuessing] = useState(false);
  const certain = state.facesAt !== null && Math.abs(state.at - state.facesAt) < SAME_FRAME_S;
  const still = async () => {
    if (!video.current || !state.size) return;
    video.current.pause();
    onStill?.(await createImageBitmap(video.current), state.at * 1000);
  };
  const faster = (by: 1 | -1) => clip.setRate(RATES[RATES.indexOf(state.rate) + by] ?? state.rate);
  useShortcuts('clip', {
    play: clip.toggle,
    'frame-back': () => clip.step(-1),
    'frame-on': () => clip.step(1),
    slower: () => faster(-1),
    faster: () => faster(1),
    still: onStill && (() => void still()),
  });

  return (
    <div className="absolute inset-0 grid grid-rows-[minmax(0,1fr)_auto_auto_auto]" style={AS_LARGE_AS_ITS_STAGE}>
      <div className="relative min-h-0">
        <video
          ref={video}
          src={url}
          muted
          playsInline
          disablePictureInPicture
          disableRemotePlayback
          preload="metadata"
          onError={onError}
          onClick={clip.toggle}
          className="absolute inset-0 size-full object-contain"
        />
        {state.size && (certain || guessing) && <ClipFaces facts={facts} size={state.size} certain={certain} />}
      </div>
      <p className="flex flex-wrap items-center gap-x-3 bg-black/70 px-3 py-1 text-white text-xs">
        <span>{sentence(facts.length, frameTimeMs, certain, guessing)}</span>
        {frameTimeMs !== null && state.facesAt !== null && !certain && (
          <Link onClick={() => state.facesAt !== null && clip.goTo(frameTimeMs / 1000 + 0.002)}>Go to their frame</Link>
        )}
        {frameTimeMs === null && facts.length > 0 && (
          <Link onClick={() => setGuessing(!guessing)} pressed={guessing}>
            {guessing ? 'Hide them' : 'Draw them anyway'}
          </Link>
        )}
      </p>
      {state.duration > 0 ? <ClipStrip url={url} duration={state.duration} at={state.at} onPick={clip.goTo} /> : <div className="h-11" />}
      <ClipControls clip={clip} onStill={onStill && (() => void still())} />
    </div>
  );
}

function sentence(faces: number, frameTimeMs: number | null, certain: boolean, guessing: boolean): string {
  const they = faces === 1 ? 'The face' : `The ${faces} faces`;
  if (faces === 0) return 'The record lists no face of this clip.';
  if (frameTimeMs === null)
    return guessing
      ? `Frame unknown: ${they.toLowerCase()} may belong to another frame than this one.`
      : `Frame unknown: the record does not say which frame ${they.toLowerCase()} ${faces === 1 ? 'belongs' : 'belong'} to, so none is drawn.`;
  const found = `${they} ${faces === 1 ? 'was' : 'were'} found in the frame at ${clock(frameTimeMs / 1000)}`;
  return certain ? `${found}: this one.` : `${found}; on other frames none is drawn.`;
}

function Link({ onClick, pressed, children }: { onClick: () => void; pressed?: boolean; children: string }) {
  return (
    <button type="button" aria-pressed={pressed} onClick={onClick} className="underline underline-offset-2 hover:no-underline">
      {children}
    </button>
  );
}
