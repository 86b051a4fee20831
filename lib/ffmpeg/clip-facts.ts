/** What a clip is, as ffmpeg describes it. */
export interface ClipFacts {
  /** As people name it, with its profile: `HEVC (Main 10)`; null where there is no picture. */
  codec: string | null;
  /** Bits of each colour; null when unknown. */
  bits: number | null;
  hasSound: boolean;
  durationMs: number | null;
}

const NAMES: Record<string, string> = {
  hevc: 'HEVC',
  h264: 'H.264',
  av1: 'AV1',
  vp8: 'VP8',
  vp9: 'VP9',
  mpeg4: 'MPEG-4',
  prores: 'ProRes',
  mjpeg: 'MJPEG',
};

/** Reads what ffmpeg printed about its input. Pure. */
export function readClipFacts(log: string): ClipFacts {
  const [, name, profile, format = ''] = /Stream #0:\d+.*?: Video: (\w+)(?: \(([A-Z][^)/]*)\))?(?: \([^)]*\))?, (\w+)/.exec(log) ?? [];
  const [, hours, minutes, seconds] = /Duration: (\d+):(\d+):([\d.]+)/.exec(log) ?? [];
  const durationMs = seconds === undefined ? null : Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
  const codec = name === undefined ? null : `${NAMES[name] ?? name}${profile ? ` (${profile})` : ''}`;
  return { codec, bits: codec === null ? null : bitsOf(format), hasSound: /Stream #0:\d+.*?: Audio: /.test(log), durationMs };
}

// Formats name their depth where it is not eight: yuv420p10le, gbrp12be, p010le.
function bitsOf(format: string): number | null {
  const deep = /p(9|10|12|14|16)(le|be)$/.exec(format)?.[1] ?? /^p0(10|12|16)/.exec(format)?.[1];
  if (deep) return Number(deep);
  return /^(yuv|yuvj|gbr|rgb|bgr|nv|gray)/.test(format) ? 8 : null;
}
