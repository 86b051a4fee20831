import sharp, { type Sharp } from 'sharp';
import { addGrain } from './grain';
import { pixelsOf } from './settle';

export type Spoof = 'phone' | 'tablet' | 'print' | 'mask';

/**
 * Shows a portrait to the camera a second time: on a phone, on a tablet, as a print or as a cut-out mask. Answers a sharp
 * pipeline of `width` x `height` pixels. These are attacks as people try them; nothing here promises that a detector catches them.
 */
export async function spoofSelfie(portrait: Buffer, attack: Spoof, width: number, height: number, seed: number): Promise<Sharp> {
  const shot = SHOTS[attack];
  const [wide, tall] = [Math.round(width * shot.share), Math.round(height * shot.share)];
  const shown =
    attack === 'print' || attack === 'mask' ? await printed(portrait, wide, tall, attack === 'mask') : await onScreen(portrait, wide, tall);
  const turned = await sharp(await framed(shown, wide, tall, shot))
    .rotate(shot.angle, { background: '#0000' })
    .png({ compressionLevel: 1 })
    .toBuffer();
  const fitted = await sharp(turned).resize(width, height, { fit: 'inside', withoutEnlargement: true }).toBuffer();
  const scene = sharp(Buffer.from(sceneSvg(width, height, shot.ground))).composite([
    { input: fitted, gravity: 'centre' },
    { input: Buffer.from(reflection(width, height, shot.glare)) },
  ]);
  return addGrain(scene, 10, seed);
}

interface Shot {
  share: number;
  angle: number;
  /** Width of the frame round the shown picture, as a share of its width, and its colour. */
  border: number;
  frame: string;
  ground: string;
  glare: number;
}

const SHOTS: Record<Spoof, Shot> = {
  phone: { share: 0.62, angle: 3, border: 0.035, frame: '#0d0e10', ground: '#8f8a83', glare: 0.34 },
  tablet: { share: 0.8, angle: -2, border: 0.07, frame: '#17181b', ground: '#6f757c', glare: 0.26 },
  print: { share: 0.7, angle: -4, border: 0.06, frame: '#f6f4ef', ground: '#a98f76', glare: 0.12 },
  mask: { share: 0.74, angle: 2, border: 0, frame: '#f6f4ef', ground: '#9fa8a4', glare: 0.05 },
};

/** A screen photographed: its pixel grid beats against the camera's (moire), blacks are grey, whites are blue. */
async function onScreen(portrait: Buffer, width: number, height: number): Promise<Buffer> {
  const seen = sharp(portrait).resize(width, height, { fit: 'cover' }).linear([0.84, 0.9, 1], [22, 24, 30]);
  const { data } = await pixelsOf(seen);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const beat = Math.sin(x * 1.93 + y * 0.11) * 7 + Math.sin((x * 0.21 + y * 0.17) * 0.9) * 5 + Math.sin(y * 2.07) * 5;
      const from = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const value = (data[from + channel] ?? 0) + beat * (1 + 0.35 * Math.sin(x * 0.06 + channel * 2.1));
        data[from + channel] = Math.max(0, Math.min(255, value));
      }
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** Ink on paper: little contrast, fewer colours, a dot screen. A mask is the print cut along the head. */
async function printed(portrait: Buffer, width: number, height: number, cutOut: boolean): Promise<Buffer> {
  const dots = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(31)"><circle cx="2" cy="2" r="1.1" fill="#000" opacity=".2"/></pattern></defs><rect width="100%" height="100%" fill="url(#dots)"/></svg>`;
  const paper = await sharp(portrait)
    .resize(width, height, { fit: 'cover' })
    .modulate({ saturation: 0.6 })
    .linear(0.68, 56)
    .composite([{ input: Buffer.from(dots) }])
    .png({ compressionLevel: 1 })
    .toBuffer();
  if (!cutOut) return paper;
  const hole = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><ellipse cx="${width * 0.5}" cy="${height * 0.44}" rx="${width * 0.37}" ry="${height * 0.37}" fill="#fff"/></svg>`;
  return sharp(paper)
    .ensureAlpha()
    .composite([{ input: Buffer.from(hole), blend: 'dest-in' }])
    .png({ compressionLevel: 1 })
    .toBuffer();
}

async function framed(shown: Buffer, width: number, height: number, shot: Shot): Promise<Buffer> {
  if (shot.border === 0) return shown;
  const edge = Math.round(width * shot.border);
  const [wide, tall] = [width + edge * 2, height + edge * 2];
  const frame = `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${tall}"><rect width="100%" height="100%" rx="${edge * 1.2}" fill="${shot.frame}"/></svg>`;
  return sharp(Buffer.from(frame))
    .composite([{ input: shown, left: edge, top: edge }])
    .png({ compressionLevel: 1 })
    .toBuffer();
}

const sceneSvg = (width: number, height: number, ground: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><radialGradient id="v" r=".9"><stop offset="0" stop-color="#fff" stop-opacity=".2"/><stop offset="1" stop-color="#000" stop-opacity=".45"/></radialGradient></defs><rect width="100%" height="100%" fill="${ground}"/><rect width="100%" height="100%" fill="url(#v)"/></svg>`;

const reflection = (width: number, height: number, strength: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="r" x1="0" y1="0" x2="1" y2="1"><stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset=".62" stop-color="#fff" stop-opacity="${strength}"/><stop offset=".72" stop-color="#fff" stop-opacity="0"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#r)"/></svg>`;
