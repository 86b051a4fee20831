export type MediaType = 'jpeg' | 'png' | 'webp' | 'mp4' | 'mov' | 'webm';

export const CONTENT_TYPES: Record<MediaType, string> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
};

/** How many of a file's first bytes `sniff` wants to see. */
export const SNIFF_BYTES = 64;

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MATROSKA = Buffer.from([0x1a, 0x45, 0xdf, 0xa3]);

/**
 * The kind of a file by its first bytes, whatever its name or declared type says; null for anything this service does
 * not take (SVG, GIF, HEIC, PDF, text).
 */
export function sniff(head: Buffer): MediaType | null {
  if (head.length >= 3 && head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'jpeg';
  if (head.subarray(0, 8).equals(PNG)) return 'png';
  if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP') return 'webp';
  if (head.subarray(0, 4).equals(MATROSKA)) return isWebm(head) ? 'webm' : null;
  if (head.toString('latin1', 4, 8) === 'ftyp') return isoType(head);
  return null;
}

/** Matroska is one container with many uses; its header names the one, in an element of id 0x4282 whose size is 4. */
function isWebm(head: Buffer): boolean {
  return head.includes(Buffer.from('\x42\x82\x84webm', 'latin1'));
}

const VIDEO_BRAND = /^(iso.|mp4.|avc1|M4V.|MSNV|dash|3g..|f4v.|mmp4|XAVC|hvc1|cmf.)$/;

/**
 * HEIC and AVIF pictures share the container of mp4, so only brands of video count: the main one, or, when that is not
 * one of a picture, those the file says it is compatible with.
 */
function isoType(head: Buffer): MediaType | null {
  const main = head.toString('latin1', 8, 12);
  if (main === 'qt  ') return 'mov';
  if (/^(hei.|hev.|mif1|msf1|avif|avis|jp2 |jpx |crx )$/.test(main)) return null;
  const end = Math.min(head.readUInt32BE(0), head.length);
  const brands = [main];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(head.toString('latin1', at, at + 4));
  if (brands.some((brand) => VIDEO_BRAND.test(brand))) return 'mp4';
  return brands.includes('qt  ') ? 'mov' : null;
}

/** The kinds that can move. */
export type VideoType = Extract<MediaType, 'mp4' | 'mov' | 'webm'>;

/** True for what can move. */
export function isVideo(type: MediaType): type is VideoType {
  return type === 'mp4' || type === 'mov' || type === 'webm';
}
