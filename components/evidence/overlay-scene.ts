import type { Size } from '@/lib/domain/geometry';
import type { View } from '@/lib/picture/view';
import type { FaceIndex } from './face-index';

/** Colours and type of the overlay, as CSS spells them. */
export interface OverlayStyle {
  main: string;
  minor: string;
  font: string;
}

/** Everything one frame of the overlay depends on. `stage` and `view` in CSS pixels. */
export interface OverlayScene {
  faces: FaceIndex;
  picture: Size;
  stage: Size;
  view: View;
  lit: string | null;
  showBoxes: boolean;
  showLandmarks: boolean;
  style: OverlayStyle;
}
