import type { VideoType } from '../image/sniff';

const DEMUXERS: Record<VideoType, string> = { mp4: 'mov', mov: 'mov', webm: 'matroska' };

/** Pixels of a frame that are still decoded. */
export const FRAME_PIXEL_LIMIT = 4096 * 4096;

/**
 * ffmpeg's options for reading an uploaded video. The container is the one its first bytes show, never a guess: a
 * playlist or a list of files to join would name other files to read. No other protocol than this one file is allowed.
 */
export function inputOf(file: string, type: VideoType, decoder: readonly string[] = []): string[] {
  const safe = ['-protocol_whitelist', 'file', '-max_pixels', String(FRAME_PIXEL_LIMIT)];
  return [...safe, ...decoder, '-f', DEMUXERS[type], '-i', `file:${file}`, '-map', '0:V:0', '-an', '-sn', '-dn'];
}
