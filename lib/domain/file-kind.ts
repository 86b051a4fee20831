/** First bytes of a file that `fileKind` looks at. */
export const KIND_BYTES = 512;

/** What a file is by its first bytes, whatever its name or its sender say. */
export type FileKind =
  | 'jpeg'
  | 'png'
  | 'webp'
  | 'gif'
  | 'bmp'
  | 'avif'
  | 'heic'
  | 'tiff'
  | 'mp4'
  | 'mov'
  | 'webm'
  | 'pdf'
  | 'svg'
  | 'html'
  | 'xml'
  | 'zip'
  | 'text'
  | 'empty'
  | 'unknown';

interface KindFacts {
  /** As in "It is a JPEG picture." */
  words: string;
  mediaType: string | null;
  /** How it can be looked at here: drawn as a bitmap, played, its first page drawn; never as a page of this site. */
  shown: 'picture' | 'clip' | 'page' | null;
}

const picture = (words: string, mediaType: string): KindFacts => ({ words, mediaType, shown: 'picture' });
const clip = (words: string, mediaType: string): KindFacts => ({ words, mediaType, shown: 'clip' });
const other = (words: string, mediaType: string | null = null): KindFacts => ({ words, mediaType, shown: null });

export const KIND_FACTS: Record<FileKind, KindFacts> = {
  jpeg: picture('a JPEG picture', 'image/jpeg'),
  png: picture('a PNG picture', 'image/png'),
  webp: picture('a WebP picture', 'image/webp'),
  gif: picture('a GIF picture', 'image/gif'),
  bmp: picture('a BMP picture', 'image/bmp'),
  avif: picture('an AVIF picture', 'image/avif'),
  heic: other('a HEIC photo', 'image/heic'),
  tiff: other('a TIFF picture', 'image/tiff'),
  mp4: clip('an MP4 clip', 'video/mp4'),
  mov: clip('a QuickTime clip', 'video/quicktime'),
  webm: clip('a WebM or Matroska clip', 'video/webm'),
  pdf: { words: 'a PDF document', mediaType: 'application/pdf', shown: 'page' },
  svg: other('an SVG drawing, which can hold scripts', 'image/svg+xml'),
  html: other('a web page', 'text/html'),
  xml: other('an XML file', 'application/xml'),
  zip: other('a ZIP archive or an Office document', 'application/zip'),
  text: other('a text file', 'text/plain'),
  empty: other('empty'),
  unknown: other('a file of a kind that is not known here'),
};

/** Kinds that act when they are opened in a browser; a reviewer is warned before she saves one. */
export const ACTIVE_KINDS: readonly FileKind[] = ['svg', 'html', 'xml'];

const BY_START: [string, FileKind][] = [
  ['\xff\xd8\xff', 'jpeg'],
  ['\x89PNG\r\n\x1a\n', 'png'],
  ['GIF87a', 'gif'],
  ['GIF89a', 'gif'],
  ['II*\0', 'tiff'],
  ['MM\0*', 'tiff'],
  ['\x1a\x45\xdf\xa3', 'webm'],
  ['PK\x03\x04', 'zip'],
];

/** Tells what a file is. `head` is its first `KIND_BYTES` bytes, or all of a shorter one. */
export function fileKind(head: Uint8Array): FileKind {
  if (head.length === 0) return 'empty';
  const text = String.fromCharCode(...head.subarray(0, KIND_BYTES));
  const known = BY_START.find(([start]) => text.startsWith(start))?.[1];
  if (known) return known;
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'webp';
  if (text.startsWith('BM') && head.length > 26 && text.startsWith('\0\0\0\0', 6)) return 'bmp';
  if (text.startsWith('ftyp', 4)) return containerKind(text.slice(8, 12));
  if (/^(moov|mdat|wide|free|skip)/.test(text.slice(4, 8))) return 'mov';
  // Readers take a PDF whose mark stands a little further in.
  if (text.includes('%PDF-')) return 'pdf';
  return markupKind(text);
}

// Pictures of phones share the container of their clips.
function containerKind(brand: string): FileKind {
  if (/^(hei|hev|mif1|msf1)/.test(brand)) return 'heic';
  if (/^avi/.test(brand)) return 'avif';
  return brand === 'qt  ' ? 'mov' : 'mp4';
}

function markupKind(text: string): FileKind {
  // A byte order mark or a second byte for each letter hides nothing.
  const letters = text.replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '').replaceAll('\0', '');
  const start = letters.trimStart().toLowerCase();
  if (/<svg[\s>]/.test(start)) return 'svg';
  if (/^(<!doctype html|<!--|<(html|head|body|script|iframe|title|meta|style|h1|div|p|a|table|br|img)[\s>/])/.test(start)) return 'html';
  if (/<(html|script|iframe)[\s>]/.test(start)) return 'html';
  if (start.startsWith('<?xml')) return 'xml';
  return /^[\t\n\r\x20-\x7e\x80-\xff]+$/.test(letters) && /^[\t\n\r\x20-\x7e]{4}/.test(letters) ? 'text' : 'unknown';
}
