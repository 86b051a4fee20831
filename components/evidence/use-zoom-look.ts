'use client';

import type { CSSProperties } from 'react';
import type { Size } from '@/lib/domain/geometry';
import { fitView } from '@/lib/picture/view';
import { useCoverAround } from '../privacy/use-cover';
import type { PictureViewStore } from './picture-view-store';
import { useViewPart } from './use-picture-view';

type ZoomLook = CSSProperties & { '--zoom': number };

/** Tells the veil around a picture how far it is enlarged beyond fitting its canvas, so that a blur grows with it. */
export function useZoomLook(store: PictureViewStore, picture: Size): ZoomLook {
  const covered = useCoverAround()?.covered ?? false;
  const zoom = useViewPart(store, ({ view, stage }) =>
    // Uncovered it is of no use, and a picture that is moved is drawn without React.
    covered && view && stage ? Math.max(1, Math.ceil((view.scale / fitView(picture, stage, view.turn).scale) * 4) / 4) : 1,
  );
  return { '--zoom': zoom };
}
