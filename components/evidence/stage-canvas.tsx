'use client';

import { useEffect, useRef, useState } from 'react';
import { Image, Layer, Shape, Stage } from 'react-konva/lib/ReactKonvaCore';
import 'konva/lib/shapes/Image';
import type { Size } from '@/lib/domain/geometry';
import { toStage, type View } from '@/lib/domain/view';
import { drawOverlay } from './overlay';
import type { OverlayFace, OverlayStyle } from './overlay-scene';

export interface StageCanvasProps {
  bitmap: ImageBitmap;
  picture: Size;
  stage: Size;
  view: View;
  faces: OverlayFace[];
  lit: string | null;
  showBoxes: boolean;
  showLandmarks: boolean;
  /** Name of the CSS variable with the colour of the main face. */
  colour: '--face-id' | '--face-selfie';
}

/** Beyond this many screen pixels to a picture pixel the pixels themselves are what one wants to see. */
const PIXELS_FROM = 4;

/** The picture and one shape that draws all faces. Konva comes with this file, so it is loaded only where a picture is shown. */
export default function StageCanvas({ bitmap, picture, stage, view, faces, lit, showBoxes, showLandmarks, colour }: StageCanvasProps) {
  const frame = useRef<HTMLDivElement>(null);
  const style = useOverlayStyle(frame, colour);
  const origin = toStage({ x: 0, y: 0 }, picture, view);
  return (
    <div ref={frame} className="absolute inset-0 overflow-hidden">
      <Stage width={stage.width} height={stage.height} listening={false}>
        <Layer listening={false} imageSmoothingEnabled={view.scale * window.devicePixelRatio < PIXELS_FROM}>
          <Image
            image={bitmap}
            width={picture.width}
            height={picture.height}
            x={origin.stageX}
            y={origin.stageY}
            scaleX={view.scale}
            scaleY={view.scale}
            rotation={view.turn * 90}
            perfectDrawEnabled={false}
          />
        </Layer>
        <Layer listening={false}>
          {style && (
            <Shape
              sceneFunc={(context) => drawOverlay(context._context, { faces, picture, stage, view, lit, showBoxes, showLandmarks, style })}
            />
          )}
        </Layer>
      </Stage>
    </div>
  );
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
