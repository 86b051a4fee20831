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
export const SNIFF_BYTES = 16;

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
  if (head.subarray(0, 4).equals(MATROSKA)) return 'webm';
  if (head.toString('latin1', 4, 8) === 'ftyp') return isoBrand(head.toString('latin1', 8, 12));
  return null;
}

/** HEIC and AVIF pictures share the container of mp4, so only brands of video count. */
function isoBrand(brand: string): MediaType | null {
  if (brand === 'qt  ') return 'mov';
  return /^(iso.|mp4.|avc1|M4V.?|MSNV|dash|3g..|f4v|mmp4)/.test(brand) ? 'mp4' : null;
}

/** True for what can move. */
export function isVideo(type: MediaType): boolean {
  return type === 'mp4' || type === 'mov' || type === 'webm';
}
