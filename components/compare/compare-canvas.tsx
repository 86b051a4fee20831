'use client';

import { type CSSProperties, type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import type { Size } from '@/lib/domain/geometry';
import { deviceCanvas } from '@/lib/picture/device-pixels';
import { usePixelRatio } from '../evidence/pixel-ratio';
import { useElementSize } from '../evidence/use-element-size';
import { useGestures } from '../evidence/use-gestures';
import { classNames } from '../ui/class-names';
import { compareKey } from './compare-keys';
import { eyeDistanceOn, panesOf } from './compare-view';
import { type ComparisonScene, drawComparison } from './draw-comparison';
import type { Comparison } from './use-comparison';

/** So near to the slider's line, in CSS pixels, a press takes hold of it. */
const GRIP_PX = 14;
/** The strength of a blur is chosen for faces about so large, in CSS pixels between the eyes. */
const UNVEILED_EYE_DISTANCE = 54;

export interface CompareCanvasProps {
  ref: RefObject<HTMLElement | null>;
  comparison: Comparison;
  label: string;
}

/** Both faces on one canvas. Fingers, mouse, wheel and, once it has the focus, keys move them. */
export function CompareCanvas({ ref: frame, comparison, label }: CompareCanvasProps) {
  const { stage, setStage, scene, mode } = comparison;
  const hold = useRef<'faces' | 'selfie' | 'slider'>('faces');
  useElementSize(frame, setStage);
  const gestures = useGestures(frame, {
    pan: (dx, dy) => {
      if (hold.current === 'slider' && stage) comparison.setSplit((split) => split + dx / stage.width);
      else comparison.pan(dx, dy, hold.current === 'selfie');
    },
    zoom: comparison.zoom,
    hover: () => {},
    press: () => mode === 'blink' && comparison.blink.turn(),
  });
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const onLine = mode === 'slider' && stage !== null && Math.abs(x - stage.width * comparison.split) < GRIP_PX;
    hold.current = onLine ? 'slider' : event.shiftKey || comparison.selfieAlone ? 'selfie' : 'faces';
    gestures.onPointerDown(event);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = comparison.keys[compareKey(event) ?? ''];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <section
      ref={frame}
      aria-label="Comparison: arrows move both faces, with Shift that of the selfie alone"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the faces are moved by arrow keys, so they have to take the focus
      tabIndex={0}
      onKeyDown={onKeyDown}
      {...gestures}
      onPointerDown={onPointerDown}
      // One finger scrolls the page over faces at rest, and moves them once they were.
      className={classNames(
        'absolute inset-0 cursor-grab select-none outline-offset-[-2px] active:cursor-grabbing',
        comparison.atRest ? 'touch-pan-y' : 'touch-none',
      )}
    >
      {stage && scene && <Drawing scene={scene} stage={stage} label={label} />}
      {stage && scene && <Captions comparison={comparison} />}
    </section>
  );
}

function Drawing({ scene, stage, label }: { scene: Omit<ComparisonScene, 'ratio' | 'stage'>; stage: Size; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const screenRatio = usePixelRatio();
  useEffect(() => {
    const target = canvas.current;
    const context = target?.getContext('2d');
    if (!target || !context) return;
    const { ratio, pixels, css, rendering } = deviceCanvas(stage, screenRatio);
    const { width, height } = pixels;
    Object.assign(target.style, { width: `${css.width}px`, height: `${css.height}px`, imageRendering: rendering });
    // Setting a size throws away what was drawn, and the memory with it.
    if (target.width !== width) target.width = width;
    if (target.height !== height) target.height = height;
    const frame = requestAnimationFrame(() => drawComparison(context, { ...scene, stage, ratio }));
    return () => cancelAnimationFrame(frame);
  }, [scene, stage, screenRatio]);
  // A face drawn larger needs a wider blur, where pictures are to be blurred.
  const enlarged = eyeDistanceOn(panesOf(scene.mode, stage).id, scene.view.zoom) / UNVEILED_EYE_DISTANCE;
  const look: CSSProperties & Record<'--zoom', number> = { '--zoom': Math.max(1, enlarged) };
  return <canvas ref={canvas} role="img" aria-label={label} className="block" data-comparison={scene.mode} style={look} />;
}

// A plate, because hair, paper and skin are of every brightness.
const CAPTION = 'absolute bottom-1.5 rounded bg-black/70 px-1.5 py-px';

function Captions({ comparison: { mode, blink, id, face } }: { comparison: Comparison }) {
  const one = id.chosen?.name;
  const other = face.chosen?.name;
  const [left, right] = mode === 'blink' ? [blink.shown === 'id' ? one : other, null] : [one, other];
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 text-2xs text-white">
      <span className={classNames(CAPTION, 'left-1.5')}>{left}</span>
      {right && <span className={classNames(CAPTION, mode === 'side' ? 'left-[calc(50%+6px)]' : 'right-1.5')}>{right}</span>}
    </div>
  );
}
