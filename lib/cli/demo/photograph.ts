import sharp, { type OutputInfo, type Raw, type Sharp } from 'sharp';
import { type DeskTop, deskPicture } from './desk';
import { addGrain } from './grain';
import { settle } from './settle';

export type CardLook = 'scan' | 'copy' | 'desk' | 'glare' | 'slanted' | 'dim' | 'soft' | 'far';
export type SelfieLook = 'plain' | 'warm' | 'cool' | 'dim' | 'noisy' | 'shaken' | 'bright' | 'black' | 'squeezed';

interface CardShot {
  /** Degrees clockwise. */
  angle: number;
  /** Width of the card as a share of the picture's. */
  share: number;
  desk: DeskTop;
  brightness: number;
  /** Blur in pixels; below 0.3 none. */
  blur: number;
  grain: number;
  glare: number;
}

const CARD_SHOTS: Record<Exclude<CardLook, 'scan' | 'copy'>, CardShot> = {
  desk: { angle: 2.5, share: 0.82, desk: 'wood', brightness: 0.97, blur: 0.5, grain: 9, glare: 0 },
  glare: { angle: -4, share: 0.84, desk: 'slate', brightness: 1, blur: 0.5, grain: 9, glare: 0.95 },
  slanted: { angle: 9, share: 0.76, desk: 'cloth', brightness: 0.98, blur: 0.5, grain: 10, glare: 0.2 },
  dim: { angle: -3, share: 0.8, desk: 'wood', brightness: 0.5, blur: 0.7, grain: 24, glare: 0 },
  soft: { angle: 4, share: 0.78, desk: 'marble', brightness: 1.02, blur: 3.2, grain: 14, glare: 0.15 },
  far: { angle: -7, share: 0.4, desk: 'marble', brightness: 0.95, blur: 0.5, grain: 12, glare: 0 },
};

/** Cards are photographed at this width at most and enlarged beyond: drawing a table costs by the pixel. */
const SHARPEST = 1280;

/**
 * Takes a picture of a card, `width` pixels wide (4:3, or the card's own shape for a scan or a photocopy). `card` is a PNG of
 * drawCard; `seed` decides the noise. Answers a sharp pipeline, to be stored by storePicture.
 */
export async function photographCard(card: Buffer, look: CardLook, width: number, seed: number): Promise<Sharp> {
  if (look === 'scan') return addGrain(sharp(card).flatten({ background: '#f7f7f5' }).resize({ width }), 4, seed);
  if (look === 'copy') return photocopy(card, width, seed);
  const shot = CARD_SHOTS[look];
  const drawn = Math.min(width, SHARPEST);
  const laid = await layCard(card, shot, drawn, seed);
  const sized = drawn === width ? laid : laid.resize({ width });
  return addGrain(softened(sized, (shot.blur * width) / 1000), shot.grain, seed);
}

/** The card on its table under a lamp. */
async function layCard(card: Buffer, shot: CardShot, width: number, seed: number): Promise<Sharp> {
  const turned = await sharp(card)
    .resize({ width: Math.round(width * shot.share) })
    .ensureAlpha()
    .rotate(shot.angle, { background: '#0000' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const height = Math.round((width * 3) / 4);
  const table = sharp(await deskPicture(shot.desk, width, height, { angle: shot.angle, share: shot.share }, seed % 2));
  const lamp = shot.glare > 0 ? [{ input: Buffer.from(glareSvg(width, height, shot.glare)) }] : [];
  const taken = await settle(table.composite([{ input: turned.data, raw: rawSize(turned.info), gravity: 'centre' }, ...lamp]));
  return taken.linear(shot.brightness, 0);
}

const rawSize = ({ width, height, channels }: OutputInfo): Raw => ({ width, height, channels });

/** Takes a drawn portrait through a worse camera or light. Answers a sharp pipeline of a picture of the same size. */
export async function photographSelfie(portrait: Buffer, look: SelfieLook, seed: number): Promise<Sharp> {
  if (look === 'plain') return sharp(portrait);
  if (look === 'squeezed') return squeezed(portrait);
  return SELFIE_SHOTS[look](sharp(portrait), seed);
}

const SELFIE_SHOTS: Record<Exclude<SelfieLook, 'plain' | 'squeezed'>, (picture: Sharp, seed: number) => Promise<Sharp>> = {
  warm: (picture, seed) => addGrain(picture.linear([1.03, 1, 0.93], [3, 0, -3]), 5, seed),
  cool: (picture, seed) => addGrain(picture.linear([0.96, 0.99, 1.03], [-2, 0, 3]), 5, seed),
  dim: (picture, seed) => addGrain(picture.linear(0.34, 2), 20, seed),
  noisy: (picture, seed) => addGrain(picture.linear(0.8, 0), 62, seed),
  shaken: (picture, seed) => addGrain(softened(picture, 9), 6, seed),
  bright: (picture, seed) => addGrain(picture.linear(1.75, 24), 5, seed),
  black: (picture, seed) => addGrain(picture.linear(0.035, 3), 7, seed),
};

/** A picture that a messenger has shrunk and enlarged again. */
async function squeezed(portrait: Buffer): Promise<Sharp> {
  const { width, height } = await sharp(portrait).metadata();
  const small = await sharp(portrait).resize({ width: 150 }).jpeg({ quality: 12 }).toBuffer();
  return sharp(small).resize(width, height, { kernel: 'nearest', fit: 'fill' });
}

function photocopy(card: Buffer, width: number, seed: number): Promise<Sharp> {
  const grey = sharp(card).flatten({ background: '#fff' }).resize({ width }).modulate({ saturation: 0 }).linear(1.25, -18);
  return addGrain(softened(grey, 0.8), 16, seed);
}

const softened = (picture: Sharp, reach: number): Sharp => (reach < 0.3 ? picture : picture.blur(reach));

function glareSvg(width: number, height: number, strength: number): string {
  const stops = `<stop offset="0" stop-color="#fff" stop-opacity="${strength}"/><stop offset=".4" stop-color="#fff" stop-opacity="${strength * 0.55}"/><stop offset="1" stop-color="#fff" stop-opacity="0"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><radialGradient id="lamp">${stops}</radialGradient></defs>
    <ellipse cx="${width * 0.66}" cy="${height * 0.36}" rx="${width * 0.24}" ry="${height * 0.13}" fill="url(#lamp)" transform="rotate(-24 ${width * 0.66} ${height * 0.36})"/></svg>`;
}
