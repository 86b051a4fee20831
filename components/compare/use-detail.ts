'use client';

import { useEffect, useMemo, useState } from 'react';
import { distance, type Size } from '@/lib/domain/geometry';
import type { EyePair } from '@/lib/picture/align-eyes';
import type { PicturePixels } from './draw-face';

/** A picture as the evidence hands it out: of a very large one the bitmap has fewer pixels, and `cut` answers with its own. */
export interface ComparePicture {
  bitmap: ImageBitmap;
  size: Size;
  cut?: ((box: { x: number; y: number; width: number; height: number }, scale: number) => Promise<ImageBitmap>) | null;
}

/** About the eyes as far as hair, ears and neck reach, in distances of the eyes. */
const REACH = 3;
const DETAIL_SIDE_MAX = 2048;

/**
 * The pixels to draw a face from: those at hand, and as soon as they come the face's own where the bitmap has fewer than are
 * drawn. `drawn` is the distance of the eyes on the screen, in its own pixels.
 */
export function useDetail(picture: ComparePicture | null, eyes: EyePair | null, drawn: number): PicturePixels | null {
  const [detail, setDetail] = useState<{ of: ComparePicture; eyes: EyePair; part: PicturePixels['detail'] } | null>(null);
  const density = picture ? picture.bitmap.width / picture.size.width : 1;
  const isCoarse = eyes !== null && density < 1 && drawn > distance(eyes.left, eyes.right) * density;
  useEffect(() => {
    if (!picture?.cut || !eyes || !isCoarse) return;
    const box = boxAbout(eyes, picture.size);
    const scale = Math.min(1, DETAIL_SIDE_MAX / Math.max(box.width, box.height));
    // Where the bitmap has as many pixels as would be cut, there is nothing to gain.
    if (box.width < 1 || box.height < 1 || scale <= density) return;
    let gone = false;
    let bitmap: ImageBitmap | null = null;
    picture.cut(box, scale).then(
      (cut) => {
        if (gone) return cut.close();
        bitmap = cut;
        setDetail({ of: picture, eyes, part: { bitmap: cut, ...box } });
      },
      // What is at hand stays on the canvas: coarser, but true.
      () => {},
    );
    return () => {
      gone = true;
      setDetail(null);
      // A drawing that is under way may still need it.
      requestAnimationFrame(() => bitmap?.close());
    };
  }, [picture, eyes, isCoarse, density]);
  const own = detail?.of === picture && detail.eyes === eyes ? detail.part : null;
  return useMemo(() => picture && { bitmap: picture.bitmap, size: picture.size, detail: own ?? null }, [picture, own]);
}

function boxAbout(eyes: EyePair, picture: Size) {
  const reach = distance(eyes.left, eyes.right) * REACH;
  const [x, y] = [(eyes.left.x + eyes.right.x) / 2, (eyes.left.y + eyes.right.y) / 2];
  const [x1, y1] = [Math.max(0, Math.floor(x - reach)), Math.max(0, Math.floor(y - reach))];
  const width = Math.min(picture.width, Math.ceil(x + reach)) - x1;
  return { x: x1, y: y1, width, height: Math.min(picture.height, Math.ceil(y + reach)) - y1 };
}
