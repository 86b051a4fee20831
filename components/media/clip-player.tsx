'use client';

import { type CSSProperties, useState } from 'react';
import type { FaceFacts } from '../evidence/face-facts';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { ClipControls } from './clip-controls';
import { ClipFaces } from './clip-faces';
import { clipSentence } from './clip-sentence';
import { ClipStrip } from './clip-strip';
import { heldFrame, isSameFrame } from './frame-time';
import { INTO_THE_FRAME_S, RATES, useClip } from './use-clip';

export interface ClipPlayerProps {
  /** The file's bare name. */
  name: string;
  facts: FaceFacts[];
  /** Where the faces were found, in milliseconds; null when the record does not say. */
  frameTimeMs: number | null;
  /** What is laid over the frame its faces were found in. */
  overlay: { boxes: boolean; landmarks: boolean };
  /** Gets the frame on the screen as a picture; who takes the bitmap closes it. */
  onStill?: ((bitmap: ImageBitmap, timeMs: number) => void) | undefined;
  onError: () => void;
}

/** For the veil around it. */
const AS_LARGE_AS_ITS_STAGE: CSSProperties & { '--zoom': number } = { '--zoom': 1 };

/** A clip, frame by frame. Boxes lie on the one frame they belong to; where that is unknown, on none unless one asks for it. */
export function ClipPlayer({ name, facts, frameTimeMs, overlay, onStill, onError }: ClipPlayerProps) {
  const clip = useClip(name, frameTimeMs, onError);
  const { state, video, source } = clip;
  const [guessing, setGuessing] = useState(false);
  const certain = isSameFrame(state.frame, state.facesAt);
  const still = async () => {
    const element = video.current;
    if (!element || state.frame === null) return;
    element.pause();
    // Named by the frame it is of, which may have come since the last drawing of this player.
    const frame = heldFrame(element) ?? state.frame;
    const bitmap = await createImageBitmap(element);
    if (isSameFrame(frame, heldFrame(element) ?? frame)) onStill?.(bitmap, frame * 1000);
    else bitmap.close();
  };
  const mayKeep = onStill && state.frame !== null ? () => void still() : undefined;
  const faster = (by: 1 | -1) => clip.setRate(RATES[RATES.indexOf(state.rate) + by] ?? state.rate);
  useShortcuts('clip', {
    play: clip.toggle,
    'frame-back': () => clip.step(-1),
    'frame-on': () => clip.step(1),
    slower: () => faster(-1),
    faster: () => faster(1),
    still: mayKeep,
  });
  const isUnknown = state.facesAt === null && source.kind !== 'fetching' && state.size !== null;

  return (
    <div className="absolute inset-0 grid grid-rows-[minmax(0,1fr)_auto_auto_auto]" style={AS_LARGE_AS_ITS_STAGE}>
      <div className="relative min-h-0">
        <video
          ref={video}
          src={source.url}
          muted
          playsInline
          disablePictureInPicture
          disableRemotePlayback
          preload="metadata"
          onError={source.onError}
          onClick={clip.toggle}
          className="absolute inset-0 size-full object-contain"
        />
        {state.size && (certain || guessing) && <ClipFaces facts={facts} size={state.size} certain={certain} {...overlay} />}
      </div>
      <p className="flex flex-wrap items-center gap-x-3 bg-black/70 px-3 py-1 text-white text-xs">
        <span>{clipSentence({ faces: facts.length, frameTimeMs, clip, certain, guessing })}</span>
        {frameTimeMs !== null && state.facesAt !== null && !certain && (
          <Link onClick={() => clip.goTo(frameTimeMs / 1000 + INTO_THE_FRAME_S)}>Go to their frame</Link>
        )}
        {isUnknown && facts.length > 0 && (
          <Link onClick={() => setGuessing(!guessing)} pressed={guessing}>
            {guessing ? 'Hide them' : 'Draw them anyway'}
          </Link>
        )}
      </p>
      {state.duration > 0 && isLed(clip) ? (
        <ClipStrip url={source.url} duration={state.duration} at={state.at} onPick={clip.goTo} />
      ) : (
        <div className="h-11" />
      )}
      <ClipControls clip={clip} onStill={mayKeep} />
    </div>
  );
}

// Of a clip that stays at its beginning every picture of the strip would be the same.
const isLed = ({ source, state }: ReturnType<typeof useClip>) =>
  source.kind === 'whole' || (source.kind === 'parts' && state.size !== null);

function Link({ onClick, pressed, children }: { onClick: () => void; pressed?: boolean; children: string }) {
  return (
    <button type="button" aria-pressed={pressed} onClick={onClick} className="underline underline-offset-2 hover:no-underline">
      {children}
    </button>
  );
}
