import sharp from 'sharp';
import { CARD } from './card';
import type { CardFields } from './card-fields';
import { cardGround } from './card-ground';
import { cardTheme } from './card-theme';
import { randomOf } from './random';
import { textPath } from './text-path';

/** The back of a specimen card: bar code, chip, small print, no face. Answers a PNG, 1012 x 638. */
export async function drawCardBack(fields: CardFields): Promise<Buffer> {
  const theme = cardTheme(fields.kind);
  const small = [
    'This specimen was drawn by a program. The person on its front does not exist.',
    'Examplia is not a state. If found, keep it or throw it away.',
    `No. ${fields.number}`,
  ].map((line, row) => textPath(line, 'sans', 60, 420 + row * 34, 20, theme.ink));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD.width}" height="${CARD.height}">${cardGround(theme, fields.number)}
    ${textPath('SPECIMEN, NOT VALID', 'bold', 136, 76, 34, '#ffffff', 1.6)}
    <rect x="60" y="170" width="132" height="104" rx="16" fill="#d9b765" stroke="#8d6f2c" stroke-width="2"/>
    <path d="M 60 205 H 104 V 240 H 60 M 192 205 H 148 V 240 H 192 M 104 170 V 205 M 148 170 V 205 M 104 240 V 274 M 148 240 V 274" stroke="#8d6f2c" stroke-width="2.4" fill="none"/>
    <rect x="240" y="170" width="712" height="170" fill="#fff" opacity=".9"/>${bars(fields.number)}${small.join('')}</svg>`;
  return sharp(Buffer.from(svg)).png({ compressionLevel: 1 }).toBuffer();
}

function bars(number: string): string {
  const random = randomOf(Number(number.slice(1)));
  const drawn: string[] = [];
  for (let x = 262; x < 930; x += random.between(6, 16))
    drawn.push(`<rect x="${x.toFixed(1)}" y="186" width="${random.between(2, 6).toFixed(1)}" height="138"/>`);
  return `<g fill="#15181c">${drawn.join('')}</g>`;
}
