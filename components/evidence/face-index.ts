import RBush from 'rbush';
import type { Box, ImagePoint } from '@/lib/domain/geometry';
import type { OverlayFace } from './overlay-face';

interface Entry {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
  face: OverlayFace;
  /** Place in the drawing order. */
  rank: number;
}

/** Finds the faces in a part of a picture without looking at all of them. Coordinates in pixels of the picture. */
export interface FaceIndex {
  count: number;
  /** The faces that touch a box, in drawing order. */
  within: (box: Box) => OverlayFace[];
  /** The smallest face under a point, so that a face within another can be reached; null for none. */
  at: (point: ImagePoint) => OverlayFace | null;
}

export function indexFaces(faces: readonly OverlayFace[]): FaceIndex {
  const entries = faces.map((face, rank): Entry => {
    const { x1, y1, x2, y2 } = face.box;
    return { minX: x1, minY: y1, maxX: x2, maxY: y2, face, rank };
  });
  const tree = new RBush<Entry>().load(entries);
  const inOrder = entries.map(({ face }) => face);
  return {
    count: entries.length,
    within: ({ x1, y1, x2, y2 }) => {
      const found = tree.search({ minX: x1, minY: y1, maxX: x2, maxY: y2 });
      if (found.length === entries.length) return inOrder;
      return found.sort((a, b) => a.rank - b.rank).map(({ face }) => face);
    },
    at: ({ x, y }) => {
      let best: { face: OverlayFace; area: number } | null = null;
      for (const { face } of tree.search({ minX: x, minY: y, maxX: x, maxY: y })) {
        if (x < face.box.x1 || x > face.box.x2 || y < face.box.y1 || y > face.box.y2) continue;
        const area = (face.box.x2 - face.box.x1) * (face.box.y2 - face.box.y1);
        if (!best || area < best.area) best = { face, area };
      }
      return best?.face ?? null;
    },
  };
}
