import sharp, { type Sharp } from 'sharp';
import { type Random, randomOf } from './random';
import { settle } from './settle';
import { mix } from './svg';

export type Backdrop = 'studio' | 'wall' | 'room' | 'window' | 'garden' | 'office' | 'night';

/** A place out of focus has no detail: drawn this many times smaller, blurred and enlarged it looks the same, in a twentieth of the time. */
const COARSE = 8;

/** What is behind a person, out of focus as a phone's camera leaves it: a picture of `width` x `height` pixels. */
export async function drawBackdrop(kind: Backdrop, seed: number, width: number, height: number): Promise<Sharp> {
  const [wide, tall] = [Math.ceil(width / COARSE), Math.ceil(height / COARSE)];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${tall}" viewBox="0 0 ${width} ${height}">${sceneSvg(kind, seed, width, height)}</svg>`;
  const small = await settle(
    sharp(Buffer.from(svg))
      .flatten()
      .blur((width / 720) * 1.7),
  );
  return small.resize(width, height, { fit: 'fill', kernel: 'cubic' });
}

function sceneSvg(kind: Backdrop, seed: number, width: number, height: number): string {
  const random = randomOf(seed * 37 + 11);
  const filled = (colour: string) => `<rect width="${width}" height="${height}" fill="${colour}"/>`;
  if (kind === 'studio') return filled('#dfe4e8') + vignette(width, height, 0.1);
  const scene = SCENES[kind](random, width, height);
  return `${filled(scene.ground)}${scene.shapes.join('')}${vignette(width, height, 0.22)}`;
}

interface Scene {
  ground: string;
  shapes: string[];
}

const rect = (x: number, y: number, width: number, height: number, fill: string, opacity = 1): string =>
  `<rect x="${x.toFixed(0)}" y="${y.toFixed(0)}" width="${width.toFixed(0)}" height="${height.toFixed(0)}" fill="${fill}" opacity="${opacity}"/>`;

const SCENES: Record<Exclude<Backdrop, 'studio'>, (random: Random, width: number, height: number) => Scene> = {
  wall: (random, width, height) => {
    const ground = random.pick(['#d9d2c6', '#c4cdd0', '#d8c9bd', '#bfc8bb']);
    const frame = random.between(0.62, 0.78);
    return {
      ground,
      shapes: [
        rect(0, height * 0.9, width, height * 0.1, mix(ground, '#6b5a48', 0.6)),
        rect(width * frame, height * 0.1, width * 0.26, height * 0.24, '#f4efe6'),
        rect(width * (frame + 0.03), height * 0.13, width * 0.2, height * 0.18, random.pick(['#7d94a3', '#a98769', '#7f9a7c'])),
      ],
    };
  },
  room: (random, width, height) => {
    const books = Array.from({ length: 22 }, (_, book) =>
      rect(
        width * (0.02 + (book % 11) * 0.032),
        height * (0.1 + Math.floor(book / 11) * 0.22 + random.between(0, 0.03)),
        width * 0.026,
        height * 0.15,
        random.pick(['#7c4a3a', '#3f5a70', '#8a7a4a', '#5a4a63', '#c2b49a']),
      ),
    );
    return {
      ground: '#c9bdae',
      shapes: [
        rect(0, height * 0.25, width * 0.4, height * 0.025, '#6b4f3a'),
        rect(0, height * 0.47, width * 0.4, height * 0.025, '#6b4f3a'),
        ...books,
        `<circle cx="${width * 0.86}" cy="${height * 0.24}" r="${width * 0.1}" fill="#ffe2ac"/>`,
        rect(width * 0.845, height * 0.3, width * 0.03, height * 0.4, '#56504a'),
        rect(width * 0.55, height * 0.72, width * 0.5, height * 0.3, '#7d8a86'),
      ],
    };
  },
  window: (random, width, height) => ({
    ground: '#a8a39b',
    shapes: [
      rect(width * 0.05, height * 0.02, width * 0.5, height * 0.66, '#f3f8fb'),
      rect(width * 0.05, height * 0.4, width * 0.5, height * 0.28, random.pick(['#bcd0bd', '#c6ccd3'])),
      rect(width * 0.29, height * 0.02, width * 0.025, height * 0.66, '#e2ddd4'),
      rect(width * 0.62, 0, width * 0.16, height, random.pick(['#c9b79f', '#9fb0b8', '#b9a3a8'])),
    ],
  }),
  garden: (random, width, height) => ({
    ground: '#93a883',
    shapes: [
      rect(0, 0, width, height * 0.3, '#cfdfe8'),
      ...Array.from({ length: 46 }, () => {
        const tone = random.pick(['#6f8f5c', '#87a86c', '#5a7a4e', '#a7bf86', '#dbe6c0']);
        return `<circle cx="${random.between(0, width).toFixed(0)}" cy="${random.between(height * 0.14, height).toFixed(0)}" r="${random.between(20, 62).toFixed(0)}" fill="${tone}" opacity=".75"/>`;
      }),
    ],
  }),
  office: (random, width, height) => ({
    ground: '#b9c2c8',
    shapes: [
      ...[0.06, 0.36, 0.66].map((from) =>
        rect(width * from, height * 0.08, width * 0.26, height * 0.4, mix('#dfeaf0', '#9fb6c4', random.next())),
      ),
      rect(0, height * 0.62, width, height * 0.05, '#7b6b5b'),
      rect(width * 0.7, height * 0.44, width * 0.22, height * 0.18, '#34383d'),
      rect(0, height * 0.67, width, height * 0.33, '#95999c'),
    ],
  }),
  night: (random, width, height) => ({
    ground: '#23252e',
    shapes: Array.from({ length: 30 }, () => {
      const tone = random.pick(['#f2b35e', '#e9d9b0', '#7fa6d6', '#d77a6a']);
      return `<circle cx="${random.between(0, width).toFixed(0)}" cy="${random.between(0, height * 0.7).toFixed(0)}" r="${random.between(8, 30).toFixed(0)}" fill="${tone}" opacity="${random.between(0.25, 0.8).toFixed(2)}"/>`;
    }),
  }),
};

function vignette(width: number, height: number, strength: number): string {
  return `<radialGradient id="vignette" cx=".5" cy=".42" r=".85"><stop offset="0" stop-color="#fff" stop-opacity=".24"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity="${strength}"/></radialGradient><rect width="${width}" height="${height}" fill="url(#vignette)"/>`;
}
