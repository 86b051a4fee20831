'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { boxInSight } from '@/lib/picture/view';
import type { PictureViewStore } from './picture-view-store';
import { RegionTile } from './region-tile';
import type { ReadyPicture } from './use-picture';

/** After the last move: cutting what only flies past would be wasted. */
const SETTLED_MS = 80;

/** Keeps what is in sight of a very large picture in its own pixels, once they are more than the whole has. */
export function useRegionTile(picture: ReadyPicture, store: PictureViewStore, redraw: () => void): RefObject<RegionTile | null> {
  const current = useRef<RegionTile | null>(null);
  const onTile = useRef(redraw);
  useEffect(() => {
    onTile.current = redraw;
  });
  useEffect(() => {
    const { cut, size, bitmap } = picture;
    if (!cut) return;
    const tile = new RegionTile(cut, size, () => onTile.current());
    current.current = tile;
    const look = () => {
      const [view, stage] = [store.view, store.stage];
      const scale = view ? view.scale * store.ratio : 0;
      if (view && stage && scale > bitmap.width / size.width) tile.want(boxInSight(size, stage, view), scale);
    };
    let timer = setTimeout(look, 0);
    const stop = store.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(look, SETTLED_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
      current.current = null;
      tile.close();
    };
  }, [picture, store]);
  return current;
}
