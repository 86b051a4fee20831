'use client';

import type { Layer as KonvaLayer } from 'konva/lib/Layer';
import type { ShapeConfig } from 'konva/lib/Shape';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Layer, Shape, Stage } from 'react-konva/lib/ReactKonvaCore';
import { isPlain } from '@/lib/domain/picture-look';
import { type DeviceCanvas, deviceCanvas } from '@/lib/picture/device-pixels';
import { drawPicture } from './draw-picture';
import type { FaceIndex } from './face-index';
import { drawOverlay } from './overlay';
import type { OverlayStyle } from './overlay-scene';
import type { PictureViewStore } from './picture-view-store';
import type { ReadyPicture } from './use-picture';
import { useViewPart } from './use-picture-view';
import { useRegionTile } from './use-region-tile';

type SceneFunc = NonNullable<ShapeConfig['sceneFunc']>;

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
  const canvas = useDeviceCanvas([below, above], store);
  const tiles = useRegionTile(picture, store, () => below.current?.batchDraw());
  useEffect(
    () =>
      store.subscribe(() => {
        below.current?.batchDraw();
        above.current?.batchDraw();
      }),
    [store],
  );
  // The same while the picture is: what is lit is drawn on the other canvas.
  const drawBelow = useCallback<SceneFunc>(
    ({ _context }) => {
      if (!store.view) return;
      const { bitmap, size } = picture;
      drawPicture(_context, {
        bitmap,
        picture: size,
        tile: tiles.current?.tile ?? null,
        view: store.view,
        ratio: _context.getTransform().a,
      });
    },
    [picture, store, tiles],
  );
  useLookFilter(below, store, filterId);
  useZoomOf(frame, store);
  const drawAbove: SceneFunc = ({ _context }) => {
    if (!store.view || !store.stage || !style) return;
    const { view, stage } = store;
    drawOverlay(_context, { faces, picture: picture.size, stage, view, lit, showBoxes, showLandmarks, style });
  };
  return (
    <div ref={frame} className="absolute inset-0 overflow-hidden">
      <Stage width={canvas?.css.width ?? 0} height={canvas?.css.height ?? 0} listening={false}>
        <Layer ref={below} listening={false}>
          <Shape listening={false} sceneFunc={drawBelow} />
        </Layer>
        <Layer ref={above} listening={false}>
          <Shape listening={false} sceneFunc={drawAbove} />
        </Layer>
      </Stage>
    </div>
  );
}

/** Keeps both canvases in pixels of the screen, whichever screen the window is on and however it is zoomed. */
function useDeviceCanvas(layers: React.RefObject<KonvaLayer | null>[], store: PictureViewStore): DeviceCanvas | null {
  const stage = useViewPart(store, ({ stage }) => stage);
  const ratio = useViewPart(store, ({ ratio }) => ratio);
  const canvas = useMemo(() => stage && deviceCanvas(stage, ratio), [stage, ratio]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the layers are the same at every rendering
  useLayoutEffect(() => {
    for (const { current: layer } of layers) {
      if (!layer || !canvas) continue;
      layer.getNativeCanvasElement().style.imageRendering = canvas.rendering;
      if (layer.getCanvas().getPixelRatio() === canvas.ratio) continue;
      layer.getCanvas().setPixelRatio(canvas.ratio);
      layer.draw();
    }
  }, [canvas]);
  return canvas;
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
  // Before the first paint, or everything would be drawn twice.
  useLayoutEffect(() => {
    if (!element.current) return;
    const computed = getComputedStyle(element.current);
    const read = (name: string) => computed.getPropertyValue(name).trim();
    setStyle({ main: read(colour), minor: read('--face-minor'), font: computed.fontFamily });
  }, [element, colour]);
  return style;
}
