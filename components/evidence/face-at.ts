import type { StagePoint } from '@/lib/domain/geometry';
import { toImage } from '@/lib/domain/view';
import type { OverlayScene } from './overlay-scene';

/** The key of the smallest drawn face under a point of the canvas, so that a face within another can be reached; null for none. */
export function faceAt(point: StagePoint, { faces, picture, view }: Pick<OverlayScene, 'faces' | 'picture' | 'view'>): string | null {
  const { x, y } = toImage(point, picture, view);
  let best: { key: string; area: number } | null = null;
  for (const { key, box } of faces) {
    if (!box || x < box.x1 || x > box.x2 || y < box.y1 || y > box.y2) continue;
    const area = (box.x2 - box.x1) * (box.y2 - box.y1);
    if (!best || area < best.area) best = { key, area };
  }
  return best?.key ?? null;
}
