import type { Size } from '@/lib/domain/geometry';
import { markedUrl, parseJson, refusalIn, request } from '../api/request';

/** One frame of a clip that the server took, and what it found the clip to be. */
export interface ServerFrame {
  picture: Blob;
  /** Where the frame itself begins, in milliseconds. */
  timeMs: number;
  /** Of the clip as shown; the picture of a large one has fewer pixels. */
  size: Size;
  codec: string;
  /** Bits of each colour; null when unknown. */
  bits: number | null;
  durationMs: number | null;
}

/** Fetches the frame a player would show at a moment. Resolves to a sentence where there is none; rejects with what `fetch` throws. */
export async function serverFrame(name: string, atMs: number, signal: AbortSignal): Promise<ServerFrame | string> {
  const response = await request(markedUrl(`/api/files/${encodeURIComponent(name)}/frame?at=${Math.max(0, Math.round(atMs))}`), { signal });
  if (!response.ok) {
    const refusal = refusalIn(parseJson(await response.text()));
    return refusal?.message ?? `The server took no frame of it (HTTP ${response.status}).`;
  }
  const number = (header: string) => (response.headers.has(header) ? Number(response.headers.get(header)) : null);
  const [width = 0, height = 0] = (response.headers.get('x-clip-size') ?? '').split('x').map(Number);
  return {
    picture: await response.blob(),
    timeMs: number('x-frame-time-ms') ?? 0,
    size: { width, height },
    codec: response.headers.get('x-clip-codec') ?? '',
    bits: number('x-clip-bits'),
    durationMs: number('x-clip-duration-ms'),
  };
}

/** "HEVC (Main 10), 10 bit": what a clip is, for a sentence. Pure. */
export function codecText({ codec, bits }: Pick<ServerFrame, 'codec' | 'bits'>): string {
  const deep = bits !== null && bits > 8 ? `${bits} bit` : '';
  return [codec || 'a codec that is not known here', deep].filter(Boolean).join(', ');
}
