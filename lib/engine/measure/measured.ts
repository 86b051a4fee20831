import type { Box } from '../detect/box';
import type { Landmarks } from '../landmarks/find-landmarks';

/** A face in pixels of the picture as shown. `confidence` is 0..1. */
export interface MeasuredFace {
  confidence: number;
  box: Box;
  landmarks: Landmarks;
}

/** What was seen in one picture: its size as shown, and its faces, the largest first. */
export interface MeasuredPicture {
  width: number;
  height: number;
  faces: MeasuredFace[];
}

/** Facts only, no judgement. */
export interface Measured {
  id: MeasuredPicture;
  selfie: MeasuredPicture;
  /** Cosine of the largest face of either picture, -1..1; null when one of them shows none. */
  similarity: number | null;
  /** Score of the selfie's largest face, 0..1; null when it shows none. */
  liveness: number | null;
}
