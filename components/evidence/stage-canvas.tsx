'use client';

import type { Layer as KonvaLayer } from 'konva/lib/Layer';
import { useEffect, useRef, useState } from 'react';
import { Layer, Shape, Stage } from 'react-konva/lib/ReactKonvaCore';
import type { Size } from '@/lib/domain/geometry';
import { isPlain } from '@/lib/domain/picture-look';
import type { View } from '@/lib/domain/view';
import { drawPicture } from './draw-picture';
import type { FaceIndex } from './face-index';
import { drawOverlay } from './overlay';
import type { OverlayStyle } from './overlay-scene';
import type { PictureViewStore } from './picture-view-store';
import type { ReadyPicture } from './use-picture';
import { useViewPart } from './use-picture-view';
import { useRegionTile } from './use-region-tile';

export interface StageCanvasProps {
  picture: ReadyPicture;
  store: PictureViewStore;
  faces: FaceIndex;
  lit: string | null;
  showBoxes: boolean;
  showLandmarks: boolean;
  /** Name of the CSS variable with the colour of the main face. */
  colour: '--face-id' | '--face-selfie';
  /** Id of the SVG filter the picture is seen through. */
  filterId: string;
}

/**
 * The picture and one shape that draws all faces, in two canvases. While the picture is moved they are drawn anew without React.
 * Konva comes with this file, so it is loaded only where a picture is shown.
 */
export default function StageCanvas({ picture, store, faces, lit, showBoxes, showLandmarks, colour, filterId }: StageCanvasProps) {
  const frame = useRef<HTMLDivElement>(null);
  const below = useRef<KonvaLayer>(null);
  const above = useRef<KonvaLayer>(null);
  const style = useOverlayStyle(frame, colour);
  const stage = useViewPart(store, ({ stage }) => stage);
  const tiles = useRegionTile(picture, store, () => below.current?.batchDraw());
  useEffect(
    () =>
      store.subscribe(() => {
        below.current?.batchDraw();
        above.current?.batchDraw();
      }),
    [store],
  );
  useLookFilter(below, store, filterId);
  useZoomOf(frame, store);
  const withView = (draw: (view: View, stage: Size) => void) => {
    if (store.view && store.stage) draw(store.view, store.stage);
  };
  return (
    <div ref={frame} className="absolute inset-0 overflow-hidden">
      <Stage width={stage?.width ?? 0} height={stage?.height ?? 0} listening={false}>
        <Layer ref={below} listening={false}>
          <Shape
            listening={false}
            sceneFunc={({ _context }) =>
              withView((view) =>
                drawPicture(_context, {
                  bitmap: picture.bitmap,
                  picture: picture.size,
                  tile: tiles.current?.tile ?? null,
                  view,
                  ratio: window.devicePixelRatio,
                }),
              )
            }
          />
        </Layer>
        <Layer ref={above} listening={false}>
          {style && (
            <Shape
              listening={false}
              sceneFunc={({ _context }) =>
                withView((view, room) =>
                  drawOverlay(_context, { faces, picture: picture.size, stage: room, view, lit, showBoxes, showLandmarks, style }),
                )
              }
            />
          )}
        </Layer>
      </Stage>
    </div>
  );
}

// On the picture's canvas alone: the overlay keeps its colours whatever is done to the picture below it. As a variable, because
// the blur of a covered case is a filter of the same canvas and has to stay.
function useLookFilter(layer: React.RefObject<KonvaLayer | null>, store: PictureViewStore, filterId: string): void {
  const plain = useViewPart(store, ({ look }) => isPlain(look));
  useEffect(() => {
    const canvas = layer.current?.getNativeCanvasElement();
    canvas?.classList.add('looked-through');
    if (plain) canvas?.style.removeProperty('--look');
    else canvas?.style.setProperty('--look', `url(#${filterId})`);
  }, [layer, plain, filterId]);
}

// A face that is enlarged needs a stronger blur to stay unseen.
function useZoomOf(element: React.RefObject<HTMLElement | null>, store: PictureViewStore): void {
  useEffect(() => {
    let told = '';
    const tell = () => {
      const zoom = store.enlargement.toFixed(2);
      if (zoom !== told) element.current?.style.setProperty('--zoom', zoom);
      told = zoom;
    };
    tell();
    return store.subscribe(tell);
  }, [element, store]);
}

// A canvas knows no CSS variables: the palette and the typeface are read off the element around it.
function useOverlayStyle(element: React.RefObject<HTMLElement | null>, colour: string): OverlayStyle | null {
  const [style, setStyle] = useState<OverlayStyle | null>(null);
  useEffect(() => {
    if (!element.current) return;
    const computed = getComputedStyle(element.current);
    const read = (name: string) => computed.getPropertyValue(name).trim();
    setStyle({ main: read(colour), minor: read('--face-minor'), font: computed.fontFamily });
  }, [element, colour]);
  return style;
}
