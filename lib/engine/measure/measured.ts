import type { Box } from '../detect/box';
import type { Landmarks } from '../landmarks/find-landmarks';
import type { Motion } from '../video/motion/measure-motion';

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

/** What is known of a selfie that is a video, beside the picture of its best frame. Times in ms from its start. */
export interface ClipFacts {
  /** Frames looked at. */
  frames: number;
  /** How many of them show exactly one face; the figures come from these. */
  alone: number;
  /** The best frame, whose faces stand for the video. */
  frameTimeMs: number;
  /** The frame the similarity is of. */
  matchTimeMs: number | null;
  /** The frame the liveness score is of. */
  livenessTimeMs: number | null;
  /** Least cosine of a frame's face and the best frame's, -1..1: low when the person changes. Null when no frame shows exactly one face. */
  likeness: number | null;
  motion: Motion | null;
}

/** Facts only, no judgement. */
export interface Measured {
  id: MeasuredPicture;
  selfie: MeasuredPicture;
  /** Cosine of the largest face of either picture, -1..1; null when one of them shows none. Of a video's frames the median. */
  similarity: number | null;
  /** Score of the selfie's largest face, 0..1; null when it shows none. Of a video's frames the least. */
  liveness: number | null;
  /** Absent when the selfie is a picture. */
  clip?: ClipFacts;
}
