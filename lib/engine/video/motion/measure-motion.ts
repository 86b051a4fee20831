import { type FlatFit, fitFlat, type PicturedFace } from './fit-flat';

/** How a face moves over a clip. */
export interface Motion {
  /** The least agreement of any frame with the reference after moving it as a flat picture, -1..1. */
  rigidity: number;
  /** How far the face moved at most, in distances between the eyes. */
  shift: number;
  /** Frames compared, the reference included. */
  frames: number;
  /** Time between the first and the last of them. */
  spanMs: number;
}

/** A frame's face and when it is shown. */
export interface TimedFace extends PicturedFace {
  timeMs: number;
}

/** Compares every other frame with the reference; null when none can be. */
export function measureMotion(reference: TimedFace, others: readonly TimedFace[]): Motion | null {
  const fits: FlatFit[] = [];
  const times = [reference.timeMs];
  for (const other of others) {
    const fit = fitFlat(reference, other);
    if (fit === null) continue;
    fits.push(fit);
    times.push(other.timeMs);
  }
  if (fits.length === 0) return null;
  return {
    rigidity: Math.min(...fits.map((fit) => fit.agreement)),
    shift: Math.max(...fits.map((fit) => fit.shift)),
    frames: times.length,
    spanMs: Math.max(...times) - Math.min(...times),
  };
}
