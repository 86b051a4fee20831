'use client';

import { useLayoutEffect, useRef } from 'react';
import { deviceCanvas } from '@/lib/picture/device-pixels';
import { fitView } from '@/lib/picture/view';
import { usePixelRatio } from './pixel-ratio';

/** A decoded picture, upright and as large as the positioned element around it lets it be. */
export function UprightPicture({ bitmap, label }: { bitmap: ImageBitmap; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const ratio = usePixelRatio();
  useLayoutEffect(() => {
    const target = canvas.current;
    const context = target?.getContext('2d');
    if (!target || !context) return;
    const room = { width: target.clientWidth, height: target.clientHeight };
    const { scale } = fitView(bitmap, room);
    const { pixels } = deviceCanvas({ width: bitmap.width * scale, height: bitmap.height * scale }, ratio);
    [target.width, target.height] = [Math.max(1, pixels.width), Math.max(1, pixels.height)];
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, target.width, target.height);
  }, [bitmap, ratio]);
  return <canvas ref={canvas} role="img" aria-label={label} className="absolute inset-0 size-full object-contain" />;
}
