/** How a person happens to look into the camera. */
export interface Pose {
  /** Head turned to the picture's left (negative) or right, about -24..24. */
  turn: number;
  /** -0.4 stern .. 0 neutral .. 1 a smile that shows teeth. */
  smile: number;
  /** Where the light comes from: -1 the picture's left, 1 its right. */
  lightSide: number;
}

/** What is nearer to the camera moves further when the head turns: `depth` 0 is the ear line, 1 the eyes, 1.6 the tip of the nose. */
export const shifted = (pose: Pose, x: number, depth: number): number => x * (1 - Math.abs(pose.turn) * 0.0016) + pose.turn * depth;
