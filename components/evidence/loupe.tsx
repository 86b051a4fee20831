'use client';

import { type CSSProperties, type RefObject, useEffect, useRef, useState } from 'react';
import { isPlain } from '@/lib/domain/picture-look';
import { panBy, toStage } from '@/lib/picture/view';
import { classNames } from '../ui/class-names';
import { drawPicture } from './draw-picture';
import type { LoupeLevel } from './loupe-level';
import type { PictureViewStore } from './picture-view-store';
import type { PointerPlace } from './pointer-place';
import { RegionTile } from './region-tile';
import type { ReadyPicture } from './use-picture';
import { useViewPart } from './use-picture-view';

const SIDE_PX = 216;

export interface LoupeProps {
  picture: ReadyPicture;
  store: PictureViewStore;
  level: Exclude<LoupeLevel, 0>;
  pointer: PointerPlace;
  filterId: string;
}

/** What lies under the pointer, or in the middle of the canvas without one, in the picture's own pixels. It stays out of the pointer's way. */
export function Loupe({ picture, store, level, pointer, filterId }: LoupeProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const plain = useViewPart(store, ({ look }) => isPlain(look));
  const ratio = useViewPart(store, ({ ratio }) => ratio);
  const look: CSSProperties & Record<`--${string}`, string | number> = {
    imageRendering: 'pixelated',
    '--zoom': store.enlargementAt(level / ratio),
    ...(!plain && { '--look': `url(#${filterId})` }),
  };
  const away = useLoupe(canvas, { picture, store, level, pointer, ratio });
  return (
    <div
      aria-hidden="true"
      className={classNames(
        'pointer-events-none absolute overflow-hidden rounded-lg bg-matte shadow-lg ring-2 ring-white/80',
        away ? 'bottom-2 left-2' : 'top-2 right-2',
      )}
    >
      <canvas ref={canvas} className="looked-through block size-[216px]" style={look} />
      <span className="absolute bottom-1 left-1 rounded bg-black/75 px-1.5 font-mono text-2xs text-white">{level}:1</span>
    </div>
  );
}

type LoupeScene = Omit<LoupeProps, 'filterId'> & { ratio: number };

function useLoupe(canvas: RefObject<HTMLCanvasElement | null>, { picture, store, level, pointer, ratio }: LoupeScene): boolean {
  const [away, setAway] = useState(false);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    canvas.current.width = canvas.current.height = Math.round(SIDE_PX * ratio);
    const { cut, size, bitmap } = picture;
    let frame = 0;
    const draw = () => {
      frame = 0;
      const { view, stage } = store;
      if (!view || !stage) return;
      const at = pointer.at ?? { stageX: stage.width / 2, stageY: stage.height / 2 };
      const centre = store.imagePoint(at);
      if (!centre) return;
      setAway(at.stageX > stage.width - SIDE_PX - 24 && at.stageY < SIDE_PX + 24);
      const scale = level / ratio;
      const origin = { ...view, scale, offsetX: 0, offsetY: 0 };
      const middle = toStage(centre, size, origin);
      const seen = panBy(origin, SIDE_PX / 2 - middle.stageX, SIDE_PX / 2 - middle.stageY);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, SIDE_PX, SIDE_PX);
      drawPicture(context, { bitmap, picture: size, tile: tile?.tile ?? null, view: seen, ratio });
      const half = SIDE_PX / scale / 2;
      tile?.want({ x1: centre.x - half, x2: centre.x + half, y1: centre.y - half, y2: centre.y + half }, level);
    };
    const schedule = () => {
      frame ||= requestAnimationFrame(draw);
    };
    const tile = cut && new RegionTile(cut, size, schedule);
    const stops = [store.subscribe(schedule), pointer.subscribe(schedule)];
    schedule();
    return () => {
      cancelAnimationFrame(frame);
      for (const stop of stops) stop();
      tile?.close();
    };
  }, [canvas, picture, store, level, pointer, ratio]);
  return away;
}
