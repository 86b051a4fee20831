const channels = (hex: string): number[] => [1, 3, 5].map((from) => Number.parseInt(hex.slice(from, from + 2), 16));

/** The colour `share` of the way from one `#rrggbb` to another, share in 0..1. */
export function mix(from: string, to: string, share: number): string {
  const target = channels(to);
  const mixed = channels(from).map((value, channel) => Math.round(value + ((target[channel] ?? value) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** A coordinate pair with one decimal: more makes the text longer and no picture better. */
export const at = (x: number, y: number): string => `${x.toFixed(1)} ${y.toFixed(1)}`;

/**
 * An ellipse that fades to nothing at its rim. A radial gradient, not a blur: it costs the renderer a tenth.
 * `x`, `y` is its middle, `rx`, `ry` its radii, `opacity` its strength in the middle (0..1).
 */
export function glow(colour: string, x: number, y: number, rx: number, ry: number, opacity: number, turn = 0): string {
  const id = `g${colour.slice(1)}${Math.round(opacity * 100)}`;
  const stops = [
    [0, 1],
    [0.35, 0.72],
    [0.7, 0.22],
    [1, 0],
  ].map(([offset = 0, share = 0]) => `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${(opacity * share).toFixed(3)}"/>`);
  const gradient = `<radialGradient id="${id}">${stops.join('')}</radialGradient>`;
  const rotation = turn === 0 ? '' : ` transform="rotate(${turn} ${at(x, y)})"`;
  return `${gradient}<ellipse cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" rx="${rx.toFixed(1)}" ry="${ry.toFixed(1)}" fill="url(#${id})"${rotation}/>`;
}

/**
 * A stroke with soft edges: strokes of falling width laid over each other. Stands in for a blur filter, which makes the
 * renderer copy the whole picture.
 */
export function softStroke(path: string, colour: string, width: number, opacity: number): string {
  const strokes = [2, 1.5, 1, 0.5].map((share) => `<path d="${path}" stroke-width="${(width * share).toFixed(1)}"/>`);
  return `<g stroke="${colour}" fill="none" stroke-linecap="round" stroke-linejoin="round" stroke-opacity="${(opacity * 0.36).toFixed(3)}">${strokes.join('')}</g>`;
}
