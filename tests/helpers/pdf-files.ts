import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import sharp from 'sharp';

/** A stream object of a PDF: its dictionary without the length, and its bytes. */
const stream = (dictionary: string, bytes: Buffer | string): Buffer => {
  const data = Buffer.from(bytes);
  return Buffer.concat([Buffer.from(`<<${dictionary}/Length ${data.length}>>stream\n`), data, Buffer.from('\nendstream')]);
};

/** Objects from number 1 on, the first of them the catalogue, as a file. */
export function pdfOf(objects: (string | Buffer)[]): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n')];
  const places: number[] = [];
  let at = parts[0]?.length ?? 0;
  for (const [index, object] of objects.entries()) {
    places.push(at);
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]);
    parts.push(part);
    at += part.length;
  }
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const tail = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${at}\n%%EOF`;
  return Buffer.concat([...parts, Buffer.from(tail)]);
}

const CATALOGUE = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>'];
const PAGE = '/Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]';

/** A page that is one picture, whose decoder the dictionary names. */
function scan(dictionary: string, bytes: Buffer): Buffer {
  return pdfOf([
    ...CATALOGUE,
    `<<${PAGE}/Contents 4 0 R/Resources<</XObject<</Im 5 0 R>>>>>>`,
    stream('', 'q 400 0 0 600 0 0 cm /Im Do Q'),
    stream(`/Type/XObject/Subtype/Image/Width 200/Height 304${dictionary}`, bytes),
  ]);
}

/** A scan whose picture is JPEG 2000: a dark left half, a light right half. */
export async function jpeg2000Scan(): Promise<Buffer> {
  return scan('/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/JPXDecode', await jpeg2000());
}

/** The same with a picture that no decoder takes. */
export const brokenScan = (): Buffer => scan('/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/JPXDecode', Buffer.from('no picture'));

/** The same halves as JBIG2. */
export const jbig2Scan = (): Buffer => scan('/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode', jbig2());

async function halves(): Promise<Buffer> {
  const right = await sharp({ create: { width: 100, height: 304, channels: 3, background: '#ffffff' } })
    .png()
    .toBuffer();
  return sharp({ create: { width: 200, height: 304, channels: 3, background: '#000000' } })
    .composite([{ input: right, left: 100, top: 0 }])
    .png()
    .toBuffer();
}

async function jpeg2000(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'second-look-jpeg2000-'));
  try {
    const [from, to] = [join(folder, 'a.png'), join(folder, 'a.jp2')];
    await writeFile(from, await halves());
    await promisify(execFile)(ffmpeg.path, ['-v', 'error', '-i', from, '-pix_fmt', 'rgb24', '-c:v', 'jpeg2000', to]);
    return await readFile(to);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * A page of one region in the fax code that JBIG2 shares with TIFF (ITU-T T.88, 7.4.6, MMR). The first row is a black run of 100 and
 * then white; each row after it changes where the row above does.
 */
function jbig2(): Buffer {
  const first = ['001', '00110101', '0000001111', '000011010100', '1'];
  const bits = [...first, '111'.repeat(303), '000000000001000000000001'].join('');
  const fax = Buffer.from((bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)));
  const segment = (number: number, type: number, data: Buffer) => {
    const head = Buffer.alloc(11);
    head.writeUInt32BE(number, 0);
    head.writeUInt8(type, 4);
    head.writeUInt8(1, 6);
    head.writeUInt32BE(data.length, 7);
    return Buffer.concat([head, data]);
  };
  const size = (bytes: number) => {
    const data = Buffer.alloc(bytes);
    data.writeUInt32BE(200, 0);
    data.writeUInt32BE(304, 4);
    return data;
  };
  const region = size(18);
  region.writeUInt8(1, 17);
  return Buffer.concat([segment(0, 48, size(19)), segment(1, 38, Buffer.concat([region, fax]))]);
}

/** Chinese and Latin letters of which the file carries none; the Chinese ones fill the upper half of the page. */
export function lettersWithoutFont(): Buffer {
  const text = '护照签证'.replace(/./g, (letter) => letter.charCodeAt(0).toString(16).padStart(4, '0'));
  return pdfOf([
    ...CATALOGUE,
    `<<${PAGE}/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 8 0 R>>>>>>`,
    stream('', `BT /F1 90 Tf 20 400 Td <${text}> Tj ET BT /F2 40 Tf 20 100 Td (SPECIMEN) Tj ET`),
    '<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>',
    '<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R/DW 1000>>',
    '<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>',
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]);
}

/** A field that was filled in: a dark box stands for what was written. */
export function filledForm(): Buffer {
  return pdfOf([
    '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]>>>>',
    CATALOGUE[1] ?? '',
    `<<${PAGE}/Contents 4 0 R/Annots[5 0 R]>>`,
    stream('', ''),
    '<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(SPECIMEN)/Rect[0 0 200 600]/P 3 0 R/F 4/AP<</N 6 0 R>>>>',
    stream('/Type/XObject/Subtype/Form/BBox[0 0 200 600]', '0 0 0 rg 0 0 200 600 re f'),
  ]);
}

/** Three pages: the first light, the second dark on its left half, the third one broader than high. */
export function threePages(): Buffer {
  return pdfOf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R 4 0 R 6 0 R]/Count 3>>',
    `<<${PAGE}>>`,
    `<<${PAGE}/Contents 5 0 R>>`,
    stream('', '0 0 0 rg 0 0 200 600 re f'),
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 400]>>',
  ]);
}

/** A file that says it is encrypted, with a password nobody here knows. */
export function lockedDocument(): Buffer {
  const hex = (byte: string, length: number) => `<${byte.repeat(length)}>`;
  const file = pdfOf([
    ...CATALOGUE,
    `<<${PAGE}>>`,
    `<</Filter/Standard/V 2/R 3/Length 128/P -3904/O ${hex('ab', 32)}/U ${hex('cd', 32)}>>`,
  ]);
  const trailer = file.toString('latin1').replace('/Root 1 0 R', `/Root 1 0 R/Encrypt 4 0 R/ID[${hex('01', 16)}${hex('01', 16)}]`);
  return Buffer.from(trailer, 'latin1');
}
