'use client';

import { useEffect, useRef, useState } from 'react';
import { clock } from './clock';
import { takeFrame } from './show-frame';

const FRAMES = 8;
const HEIGHT_PX = 88;

export interface ClipStripProps {
  url: string;
  /** Seconds. */
  duration: number;
  /** Where the frame on the screen begins. */
  at: number;
  onPick: (at: number) => void;
}

/** The clip at a glance: frames spread over it, each leading to its moment. One that cannot be named is left out. */
export function ClipStrip({ url, duration, at, onPick }: ClipStripProps) {
  const moments = Array.from({ length: FRAMES }, (_, index) => ((index + 0.5) / FRAMES) * duration);
  const canvases = useRef<(HTMLCanvasElement | null)[]>([]);
  const [drawn, setDrawn] = useState(0);
  /** Where each drawn frame begins; undefined for one that is not drawn. */
  const [begins, setBegins] = useState<(number | undefined)[]>([]);

  useEffect(() => {
    const leaving = new AbortController();
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.preload = 'metadata';
    const drawAll = async () => {
      setBegins(Array.from({ length: FRAMES }, () => undefined));
      for (const [index, canvas] of canvases.current.entries()) {
        const frame = await takeFrame(video, ((index + 0.5) / FRAMES) * duration, () => createImageBitmap(video));
        if (frame && canvas && !leaving.signal.aborted) draw(canvas, frame.taken);
        frame?.taken.close();
        if (leaving.signal.aborted) return;
        setBegins((now) => now.toSpliced(index, 1, frame?.begins));
        setDrawn(index + 1);
      }
      release(video);
    };
    video.addEventListener('loadedmetadata', () => void drawAll(), { once: true, signal: leaving.signal });
    video.src = url;
    return () => {
      leaving.abort();
      release(video);
    };
  }, [url, duration]);

  const nearest = moments.reduce((best, moment, index) => (Math.abs(moment - at) < Math.abs((moments[best] ?? 0) - at) ? index : best), 0);
  return (
    <ol aria-label="Frames of the clip" data-drawn={drawn} className="flex h-11 gap-px overflow-hidden bg-black/50">
      {moments.map((moment, index) => (
        <li key={moment} className="min-w-0 flex-1">
          <button
            type="button"
            aria-label={begins[index] === undefined ? `Go to ${clock(moment)}, not shown` : `Go to the frame at ${clock(begins[index])}`}
            aria-current={index === nearest || undefined}
            onClick={() => onPick(moment)}
            className="size-full overflow-hidden border-transparent border-b-2 outline-offset-[-2px] aria-[current]:border-accent"
          >
            <canvas
              ref={(canvas) => {
                canvases.current[index] = canvas;
              }}
              height={HEIGHT_PX}
              className="size-full object-cover"
            />
          </button>
        </li>
      ))}
    </ol>
  );
}

function draw(canvas: HTMLCanvasElement, frame: ImageBitmap): void {
  canvas.width = Math.max(1, Math.round((HEIGHT_PX * frame.width) / Math.max(1, frame.height)));
  canvas.getContext('2d')?.drawImage(frame, 0, 0, canvas.width, HEIGHT_PX);
}

// Without this the browser keeps the connection and the decoder of a clip nobody sees.
function release(video: HTMLVideoElement): void {
  video.removeAttribute('src');
  video.load();
}
