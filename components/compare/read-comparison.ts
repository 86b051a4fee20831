import type { ComparisonSeen } from '@/lib/domain/comparison-view';
import type { ComparableFace } from './comparable-faces';
import { NOT_MOVED } from './compare-view';
import type { Comparison } from './use-comparison';

export interface ReadComparison {
  comparison: Pick<Comparison, 'id' | 'face' | 'mode' | 'view' | 'moved' | 'scene'>;
  large: boolean;
  /** When in its clip the kept frame was that stands for the selfie; null without one. */
  stillMs: number | null;
}

/** How the two faces lie upon each other at this moment, to be stored with the decision; null while there is no pair. */
export function readComparison({ comparison, large, stillMs }: ReadComparison): ComparisonSeen | null {
  const { id, face, mode, view, moved, scene } = comparison;
  if (!scene || !id.chosen || !face.chosen) return null;
  return {
    mode,
    id: comparedFace(id.chosen),
    face: comparedFace(face.chosen),
    zoom: Number(view.zoom.toPrecision(4)),
    shift: thousandths(view.shift),
    moved: thousandths(moved ?? NOT_MOVED),
    large,
    stillMs,
  };
}

const comparedFace = ({ fact, source }: ComparableFace) => ({ number: fact.face.number, laidBy: source });

const thousandths = ({ x, y }: { x: number; y: number }) => ({ x: thousandth(x), y: thousandth(y) });
// Adding nothing makes a zero of a negative one, which is not the same to whoever compares two views.
const thousandth = (value: number) => Math.round(value * 1000) / 1000 + 0;
