/** "1.32 s", "1:04.50": a moment of a clip. `at` is in seconds. */
export function clock(at: number): string {
  if (at < 60) return `${at.toFixed(2)} s`;
  return `${Math.floor(at / 60)}:${(at % 60).toFixed(2).padStart(5, '0')}`;
}
