'use client';

import type { CSSProperties, ReactNode } from 'react';
import { evidenceUrl } from '../evidence/evidence-memory';
import type { FaceFacts } from '../evidence/face-facts';
import { ClipFaces } from './clip-faces';
import { clock } from './clock';
import { codecText } from './server-frame';
import { type FramesOfServer, useServerFrame } from './use-server-frame';

export interface ServerFramesProps {
  name: string;
  facts: FaceFacts[];
  /** Where the faces were found, in milliseconds; null when the record does not say. */
  frameTimeMs: number | null;
  /** What is laid over the frame its faces were found in. */
  overlay: { boxes: boolean; landmarks: boolean };
  /** Gets the frame on the screen as a picture; who takes the bitmap closes it. */
  onStill?: ((bitmap: ImageBitmap, timeMs: number) => void) | undefined;
  /** Shown where the server takes no frame either; gets its reason. */
  otherwise: (sentence: string) => ReactNode;
}

/** For the blur around it. */
const AS_LARGE_AS_ITS_STAGE: CSSProperties & { '--zoom': number } = { '--zoom': 1 };

/** A clip this browser cannot play, a frame at a time. Boxes lie on the one frame they belong to. */
export default function ServerFrames({ name, facts, overlay, frameTimeMs, onStill, otherwise }: ServerFramesProps) {
  const url = evidenceUrl(name);
  const frames = useServerFrame(name, frameTimeMs);
  const { shown, problem, loading, wanted, want, facesAt } = frames;
  // A moment that lies beyond the end says nothing about the other frames.
  if (!shown && problem) {
    if (frameTimeMs === null || wanted !== frameTimeMs) return otherwise(problem);
    return (
      <Notice>
        <span>{`Frame unknown. ${problem}`}</span>
        <Act onClick={() => want(0)}>Show the first frame</Act>
        <Download url={url} />
      </Notice>
    );
  }
  if (!shown) return <Notice>This browser cannot play the clip. The server is taking a frame of it…</Notice>;
  const certain = facesAt !== null && shown.timeMs === facesAt;
  const keep = async () => onStill?.(await createImageBitmap(shown.picture), shown.timeMs);
  return (
    <div className="absolute inset-0 grid grid-rows-[minmax(0,1fr)_auto_auto]" style={AS_LARGE_AS_ITS_STAGE}>
      <div className="relative min-h-0">
        {/* biome-ignore lint/performance/noImgElement: the frame is in this browser only; there is nothing to optimise */}
        <img
          src={shown.url}
          alt={`Frame of the clip at ${clock(shown.timeMs / 1000)}`}
          className="absolute inset-0 size-full object-contain"
        />
        {certain && <ClipFaces facts={facts} size={shown.size} certain {...overlay} />}
      </div>
      <p role="status" className="flex flex-wrap items-center gap-x-3 bg-black/70 px-3 py-1 text-white text-xs">
        <span>
          {`This browser cannot play the clip: it is ${codecText(shown)}. Shown is its frame at ${clock(shown.timeMs / 1000)}, taken by the server.`}
        </span>
        <span>{problem ?? facesText(facts.length, frameTimeMs, certain)}</span>
      </p>
      <Moments {...{ frames, url, loading }} onKeep={onStill && (() => void keep())} frameTimeMs={frameTimeMs} />
    </div>
  );
}

function facesText(faces: number, frameTimeMs: number | null, certain: boolean): string {
  if (faces === 0) return 'The record lists no face of this clip.';
  if (frameTimeMs === null) return 'The record does not say which frame its faces belong to, so none is drawn.';
  return certain ? 'The faces were found in this frame.' : `The faces were found at ${clock(frameTimeMs / 1000)}; here none is drawn.`;
}

function Moments({
  frames: { shown, wanted, want },
  url,
  loading,
  frameTimeMs,
  onKeep,
}: {
  frames: FramesOfServer;
  url: string;
  loading: boolean;
  frameTimeMs: number | null;
  onKeep: (() => void) | undefined;
}) {
  const end = shown?.durationMs ?? 0;
  return (
    <div
      role="toolbar"
      aria-label="Frames of the clip"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-black/70 px-3 py-1 text-white text-xs"
    >
      {end > 0 && (
        <input
          type="range"
          aria-label="Moment of the clip"
          aria-valuetext={`${clock(wanted / 1000)} of ${clock(end / 1000)}`}
          min={0}
          max={end}
          step={40}
          value={Math.min(wanted, end)}
          onChange={({ target }) => want(Number(target.value))}
          className="h-6 min-w-24 flex-1 accent-white"
        />
      )}
      <span className="whitespace-nowrap tabular-nums">
        {loading ? `Taking ${clock(wanted / 1000)}…` : clock((shown?.timeMs ?? 0) / 1000)}
      </span>
      {frameTimeMs !== null && wanted !== frameTimeMs && <Act onClick={() => want(frameTimeMs)}>Go to their frame</Act>}
      {onKeep && <Act onClick={onKeep}>Keep the frame for comparison</Act>}
      <Download url={url} />
    </div>
  );
}

function Notice({ children }: { children: ReactNode }) {
  return (
    <div
      role="status"
      className="absolute inset-0 grid place-content-center justify-items-center gap-2 px-6 text-center text-sm text-white"
    >
      {children}
    </div>
  );
}

const LINK = 'underline underline-offset-2 hover:no-underline';

function Act({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" onClick={onClick} className={LINK}>
      {children}
    </button>
  );
}

function Download({ url }: { url: string }) {
  return (
    <a href={url} download className={LINK}>
      Download the clip
    </a>
  );
}
