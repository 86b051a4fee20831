import type { Box } from '../detect/box';
import type { Decoded } from '../image/decode';
import type { Landmarks, Point } from '../landmarks/find-landmarks';
import type { FoundFaces } from './find-faces';
import type { MeasuredFace, MeasuredPicture } from './measured';

/** Brings faces back from the upright working copy to pixels of the picture as shown. */
export function asShown(decoded: Decoded, found: FoundFaces): MeasuredPicture {
  const { width, height } = decoded.shown;
  const place = (point: Point): Point => {
    const level = unturn(point, found);
    return { x: level.x * decoded.scale.x, y: level.y * decoded.scale.y };
  };
  const faces = found.faces.map(
    (face): MeasuredFace => ({
      confidence: face.confidence,
      box: corners(place({ x: face.box[0], y: face.box[1] }), place({ x: face.box[2], y: face.box[3] })),
      landmarks: mapPoints(face.landmarks, place),
    }),
  );
  return { width, height, faces };
}

/** Undoes the quarter turns. The first size is that of the turned copy. */
function unturn({ x, y }: Point, { turns, upright }: FoundFaces): Point {
  if (turns === 1) return { x: y, y: upright.width - x };
  if (turns === 2) return { x: upright.width - x, y: upright.height - y };
  if (turns === 3) return { x: upright.height - y, y: x };
  return { x, y };
}

function corners(a: Point, b: Point): Box {
  return [Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y)];
}

function mapPoints(landmarks: Landmarks, place: (point: Point) => Point): Landmarks {
  return {
    nose: place(landmarks.nose),
    leftEye: place(landmarks.leftEye),
    rightEye: place(landmarks.rightEye),
    mouthLeft: place(landmarks.mouthLeft),
    mouthRight: place(landmarks.mouthRight),
  };
}
