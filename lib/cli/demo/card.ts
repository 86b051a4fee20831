import sharp from 'sharp';
import type { CardFields } from './card-fields';
import { cardGround } from './card-ground';
import { cardTheme } from './card-theme';
import { machineReadable } from './machine-readable';
import { mix } from './svg';
import { textPath } from './text-path';

/** Size of a drawn card in pixels: ID-1 (85.6 x 54 mm) at 300 dpi. */
export const CARD = { width: 1012, height: 638 };

/** Below this width the detector loses the small second portrait (measured). */
export const GHOST_WIDTH = 140;

export interface CardOptions extends CardFields {
  /** The picture on the card (any format sharp reads); null leaves the frame empty, as on a card whose portrait was covered. */
  portrait: Buffer | null;
  /** Whether the small second portrait is printed; default true. */
  ghost?: boolean;
}

/** Draws a specimen card of a country that does not exist and answers a PNG with transparent, rounded corners, 1012 x 638. */
export async function drawCard(options: CardOptions): Promise<Buffer> {
  const frame = { left: 48, top: 158, width: 262, height: 336 };
  const ghost = { left: 812, top: 236, width: GHOST_WIDTH, height: 180 };
  const layers = [];
  if (options.portrait) {
    layers.push({ input: await cut(options.portrait, frame, 10), left: frame.left, top: frame.top });
    if (options.ghost ?? true) layers.push({ input: await faded(options.portrait, ghost), left: ghost.left, top: ghost.top });
  }
  const printed = Buffer.from(`${svgOpen()}${overprint(options)}</svg>`);
  return sharp(Buffer.from(`${svgOpen()}${front(options, frame)}</svg>`))
    .composite([...layers, { input: printed }])
    .png({ compressionLevel: 1 })
    .toBuffer();
}

interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
}

const svgOpen = () => `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD.width}" height="${CARD.height}">`;

function front(fields: CardFields, frame: Frame): string {
  const theme = cardTheme(fields.kind);
  const label = mix(theme.ink, '#ffffff', 0.3);
  const field = (row: number, name: string, value: string, x = 346) =>
    textPath(name, 'sans', x, 182 + row * 74, 16, label, 0.3) + textPath(value, 'bold', x, 213 + row * 74, 27, theme.ink);
  const lines = machineReadable(fields).map((line, row) => textPath(line, 'mono', 48, 546 + row * 34, 30, '#20242b', 2.35));
  return `${cardGround(theme, fields.number)}
    ${textPath('REPUBLIC OF EXAMPLIA', 'bold', 136, 74, 36, '#ffffff', 1.6)}${textPath(`${theme.title}  ·  SPECIMEN, NOT VALID`, 'sans', 137, 104, 19, '#ffffff', 1)}
    <rect x="${frame.left - 3}" y="${frame.top - 3}" width="${frame.width + 6}" height="${frame.height + 6}" rx="12" fill="#fff" opacity=".85"/>
    <rect x="${frame.left}" y="${frame.top}" width="${frame.width}" height="${frame.height}" rx="10" fill="#cfd4d8"/>
    ${field(0, 'Surname', fields.surname.toUpperCase())}${field(1, 'Given names', fields.givenNames)}
    ${field(2, 'Date of birth', dotted(fields.birthDate))}${field(2, 'Expires', dotted(fields.expiryDate), 580)}
    ${field(3, 'Document no.', fields.number)}
    <rect clip-path="url(#card)" x="0" y="508" width="${CARD.width}" height="${CARD.height}" fill="#fff" opacity=".42"/>${lines.join('')}`;
}

/** What is printed over the portrait: the word SPECIMEN, a seal across its corner, and the plastic's sheen. */
function overprint(fields: CardFields): string {
  const { accent } = cardTheme(fields.kind);
  const rings = [34, 29, 20].map((radius) => `<circle cx="302" cy="470" r="${radius}" fill="none" stroke="${accent}" stroke-width="2"/>`);
  return `<clipPath id="shape"><rect width="${CARD.width}" height="${CARD.height}" rx="36"/></clipPath>
    <g opacity=".17" transform="rotate(-14 560 420)">${textPath('SPECIMEN', 'bold', 338, 440, 92, accent, 6)}</g>
    <g opacity=".55">${rings.join('')}${textPath('EX', 'bold', 289, 477, 19, accent)}</g>
    <linearGradient id="sheen" x1="0" y1="0" x2="1" y2="1"><stop offset=".3" stop-color="#fff" stop-opacity="0"/><stop offset=".46" stop-color="#fff" stop-opacity=".16"/><stop offset=".6" stop-color="#fff" stop-opacity="0"/></linearGradient>
    <rect clip-path="url(#shape)" width="${CARD.width}" height="${CARD.height}" fill="url(#sheen)"/>
    <rect x="1" y="1" width="${CARD.width - 2}" height="${CARD.height - 2}" rx="35" fill="none" stroke="#000" stroke-opacity=".18" stroke-width="2"/>`;
}

const dotted = (date: string): string => date.split('-').toReversed().join('.');

const cut = (portrait: Buffer, frame: Frame, radius: number): Promise<Buffer> =>
  sharp(portrait)
    .resize(frame.width, frame.height, { fit: 'cover' })
    .composite([{ input: mask(frame, `rx="${radius}" fill="#fff"`), blend: 'dest-in' }])
    .png({ compressionLevel: 1 })
    .toBuffer();

async function faded(portrait: Buffer, frame: Frame): Promise<Buffer> {
  const grey = await sharp(portrait)
    .resize(frame.width, frame.height, { fit: 'cover' })
    .grayscale()
    .linear(1.1, 6)
    .toColourspace('srgb')
    .png()
    .toBuffer();
  return sharp(grey)
    .composite([{ input: mask(frame, 'rx="70" fill="#fff" fill-opacity=".66"'), blend: 'dest-in' }])
    .png({ compressionLevel: 1 })
    .toBuffer();
}

const mask = (frame: Frame, attributes: string): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${frame.width}" height="${frame.height}"><rect width="100%" height="100%" ${attributes}/></svg>`,
  );
