/** How many screen pixels a picture pixel takes, one step after the other; 0 is no loupe. */
export const LOUPE_LEVELS = [0, 1, 2, 4, 8] as const;
export type LoupeLevel = (typeof LOUPE_LEVELS)[number];
