import type { CSSProperties } from 'react';
import type { Size } from '@/lib/domain/geometry';
import { fitView, type View } from '@/lib/domain/view';

/** Tells the veil around a picture how far it is enlarged beyond fitting its canvas, so that its blur grows with it. */
export function zoomLook(view: View, picture: Size, stage: Size): CSSProperties {
  const look: CSSProperties & { '--zoom': number } = { '--zoom': Math.max(1, view.scale / fitView(picture, stage, view.turn).scale) };
  return look;
}
