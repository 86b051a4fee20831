import sharp from 'sharp';
import { type Orientation, storedSize } from '@/lib/picture/orientation';

export interface Size {
  width: number;
  height: number;
}

export type Points = Record<'left_eye' | 'right_eye' | 'nose' | 'mouth_left' | 'mouth_right', { x: number; y: number }>;

export interface WireFace {
  faceId: string;
  detectionConfidence: number;
  landmarks: Points;
  boundingBox: { x1: number; x2: number; y1: number; y2: number };
}

/** A face as a record lists it, `across` pixels wide with its middle at (x, y). */
export function wireFace(number: number, x: number, y: number, across: number, confidence = 0.98): WireFace {
  const part = across / 4;
  return {
    faceId: `face_${number}`,
    detectionConfidence: confidence,
    landmarks: {
      left_eye: { x: x + part, y: y - part },
      right_eye: { x: x - part, y: y - part },
      nose: { x, y },
      mouth_left: { x: x + part * 0.8, y: y + part * 1.2 },
      mouth_right: { x: x - part * 0.8, y: y + part * 1.2 },
    },
    boundingBox: { x1: x - across / 2, x2: x + across / 2, y1: y - across * 0.6, y2: y + across * 0.6 },
  };
}

/** A picture with a dark disc of 9 pixels on each landmark of the faces, stored turned as `orientation` says it was. */
export function markedPicture(
  shown: Size,
  faces: WireFace[],
  orientation: Orientation = 1,
  format: 'jpeg' | 'webp' | 'png' | 'avif' = 'jpeg',
): Promise<Buffer> {
  // Drawn where they are stored, and each face by itself: turning 48 megapixels of vectors would take longer than what is tested with them.
  const discs = faces.map((face) => drawn(inStoredPixels(face, shown, orientation)));
  return sharp({ create: { ...storedSize(shown, orientation), channels: 3, background: BACKGROUND }, limitInputPixels: false })
    .composite(discs)
    .withMetadata({ orientation })
    .toFormat(format, { quality: 90 })
    .toBuffer();
}

const BACKGROUND = '#e8e4da';

function drawn({ landmarks, boundingBox: { x1, x2, y1, y2 } }: WireFace): { input: Buffer; left: number; top: number } {
  const [left, top, right, bottom] = [Math.floor(x1), Math.floor(y1), Math.ceil(x2), Math.ceil(y2)];
  const parts = [
    `<ellipse cx="${(x1 + x2) / 2}" cy="${(y1 + y2) / 2}" rx="${(x2 - x1) / 2}" ry="${(y2 - y1) / 2}" fill="#d9b99b"/>`,
    ...Object.values(landmarks).map(({ x, y }) => `<circle cx="${x}" cy="${y}" r="4.5" fill="#000"/>`),
  ];
  const [width, height] = [right - left, bottom - top];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}">${parts.join('')}</svg>`;
  return { input: Buffer.from(svg), left, top };
}

/** The coordinates a detector would send that never looked at EXIF: those of the stored pixels. `shown` is the upright size. */
export function inStoredPixels(face: WireFace, shown: Size, orientation: Orientation): WireFace {
  const at = ({ x, y }: { x: number; y: number }) => shownToStored(x, y, shown, orientation);
  const { x1, x2, y1, y2 } = face.boundingBox;
  const [a, b] = [at({ x: x1, y: y1 }), at({ x: x2, y: y2 })];
  const { left_eye, right_eye, nose, mouth_left, mouth_right } = face.landmarks;
  return {
    ...face,
    landmarks: {
      left_eye: at(left_eye),
      right_eye: at(right_eye),
      nose: at(nose),
      mouth_left: at(mouth_left),
      mouth_right: at(mouth_right),
    },
    boundingBox: { x1: Math.min(a.x, b.x), x2: Math.max(a.x, b.x), y1: Math.min(a.y, b.y), y2: Math.max(a.y, b.y) },
  };
}

/** First exchange left and right, then turn clockwise. */
const UNDO: Record<Orientation, { mirror: boolean; turn: 0 | 90 | 180 | 270 }> = {
  1: { mirror: false, turn: 0 },
  2: { mirror: true, turn: 0 },
  3: { mirror: false, turn: 180 },
  4: { mirror: true, turn: 180 },
  5: { mirror: true, turn: 270 },
  6: { mirror: false, turn: 270 },
  7: { mirror: true, turn: 90 },
  8: { mirror: false, turn: 90 },
};

// Written apart from the product's own; a test holds the pictures against what another library makes of their EXIF.
function shownToStored(x: number, y: number, shown: Size, orientation: Orientation): { x: number; y: number } {
  const { mirror, turn } = UNDO[orientation];
  const left = mirror ? shown.width - x : x;
  if (turn === 0) return { x: left, y };
  if (turn === 180) return { x: shown.width - left, y: shown.height - y };
  const { width, height } = storedSize(shown, orientation);
  return turn === 90 ? { x: width - y, y: left } : { x: y, y: height - left };
}
