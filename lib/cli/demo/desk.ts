import sharp from 'sharp';
import { randomOf } from './random';
import { at, mix } from './svg';

export type DeskTop = 'wood' | 'slate' | 'cloth' | 'marble';

const COLOURS: Record<DeskTop, string> = { wood: '#9a7350', slate: '#4a4f55', cloth: '#7b8794', marble: '#d9d6d1' };

interface LaidCard {
  /** Degrees clockwise. */
  angle: number;
  /** Width as a share of the picture's. */
  share: number;
}

const drawn = new Map<string, Promise<Buffer>>();

/**
 * A table top with the shadow of a card lying in its middle, as a JPEG of `width` x `height` pixels. Tables are few and
 * slow to draw, so each is remembered.
 */
export function deskPicture(top: DeskTop, width: number, height: number, card: LaidCard, seed: number): Promise<Buffer> {
  const key = JSON.stringify([top, width, height, card, seed]);
  const known = drawn.get(key);
  if (known) return known;
  const drawing = sharp(Buffer.from(deskSvg(top, width, height, card, seed)))
    .flatten()
    .jpeg({ quality: 95 })
    .toBuffer();
  drawn.set(key, drawing);
  return drawing;
}

function deskSvg(top: DeskTop, width: number, height: number, card: LaidCard, seed: number): string {
  const colour = COLOURS[top];
  const [half, tall] = [(width * card.share) / 2, (width * card.share * 638) / 1012 / 2];
  const [x, y] = [width / 2, height / 2];
  const shadow = (reach: number, opacity: number) =>
    `<rect x="${(x - half - reach + width * 0.006).toFixed(0)}" y="${(y - tall - reach + width * 0.012).toFixed(0)}" width="${(half + reach) * 2}" height="${(tall + reach) * 2}" rx="${width * 0.035}" fill="#000" opacity="${opacity}"/>`;
  const shadows = [12, 9, 6, 3, 0].map((step) => shadow((step * width) / 1000, 0.1)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>
    <radialGradient id="lit" cx=".62" cy=".3" r=".95"><stop offset="0" stop-color="#fff" stop-opacity=".3"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".38"/></radialGradient></defs>
    <rect width="${width}" height="${height}" fill="${colour}"/>${TEXTURES[top](colour, width, height, seed)}
    <rect width="${width}" height="${height}" fill="url(#lit)"/><g transform="rotate(${card.angle} ${x} ${y})">${shadows}</g></svg>`;
}

type Texture = (colour: string, width: number, height: number, seed: number) => string;

const TEXTURES: Record<DeskTop, Texture> = {
  wood: (colour, width, height, seed) => {
    const random = randomOf(seed);
    const fibres = Array.from({ length: 90 }, () => {
      const y = random.between(-40, height + 40);
      const tone = mix(colour, random.chance(0.6) ? '#3d2514' : '#d9b48c', random.between(0.2, 0.7));
      const bend = random.between(-16, 16);
      return `<path d="M ${at(-10, y)} C ${at(width * 0.3, y + bend)} ${at(width * 0.6, y - bend)} ${at(width + 10, y + bend * 0.6)}" stroke="${tone}" stroke-width="${random.between(0.6, 4).toFixed(1)}" fill="none" opacity=".3"/>`;
    });
    const planks = [0.24, 0.71].map((share) => `<rect y="${height * share}" width="${width}" height="3" fill="#2f1c0f" opacity=".55"/>`);
    return fibres.join('') + planks.join('');
  },
  slate: (colour, width, height, seed) => {
    const random = randomOf(seed);
    const specks = Array.from({ length: 420 }, () => {
      const tone = mix(colour, random.chance(0.5) ? '#ffffff' : '#000000', 0.25);
      return `<circle cx="${random.between(0, width).toFixed(0)}" cy="${random.between(0, height).toFixed(0)}" r="${random.between(0.6, 2.4).toFixed(1)}" fill="${tone}"/>`;
    });
    return `<g opacity=".6">${specks.join('')}</g>`;
  },
  cloth: (colour, width, height) => {
    const across = Array.from({ length: Math.ceil(height / 6) }, (_, line) => `M 0 ${line * 6} H ${width}`);
    const down = Array.from({ length: Math.ceil(width / 6) }, (_, line) => `M ${line * 6} 0 V ${height}`);
    return `<path d="${across.join(' ')}" stroke="${mix(colour, '#ffffff', 0.3)}" stroke-width="2" opacity=".35"/><path d="${down.join(' ')}" stroke="${mix(colour, '#000000', 0.4)}" stroke-width="2" opacity=".3"/>`;
  },
  marble: (colour, width, height, seed) => {
    const random = randomOf(seed);
    const veins = Array.from({ length: 14 }, () => {
      const points = Array.from({ length: 6 }, (_, step) => at((step / 5) * width * 1.1 - 20, random.between(0, height)));
      return `<path d="M ${points[0]} C ${points.slice(1, 4).join(' ')} S ${points.slice(4).join(' ')}" stroke="${mix(colour, '#6c6a70', random.between(0.2, 0.6))}" stroke-width="${random.between(1, 5).toFixed(1)}" fill="none" opacity=".3"/>`;
    });
    return veins.join('');
  },
};
