import sharp from 'sharp';
import { drawPortrait, type PortraitOptions } from '@/lib/cli/demo/portrait';

/** Two drawn people the recognition model tells apart clearly. */
export const ANNA = 7;
export const BORIS = 8;

/** A selfie of a drawn person. */
export function selfie(seed: number, options: PortraitOptions = {}): Promise<Buffer> {
  return drawPortrait(seed, { width: 720, height: 900, turn: 6, smile: 0.5, faceShare: 0.4, background: 'room', ...options });
}

/** A specimen card of a drawn person: a portrait and, smaller and grey, the same again, as on many real documents. */
export async function card(seed: number): Promise<Buffer> {
  const portrait = await drawPortrait(seed, { width: 400, height: 500, faceShare: 0.5 });
  const large = await sharp(portrait).resize(320, 400).toBuffer();
  const ghost = await sharp(portrait).resize(160, 200).grayscale().toBuffer();
  return sharp({ create: { width: 1012, height: 638, channels: 3, background: '#dbe5ee' } })
    .composite([
      { input: large, left: 60, top: 130 },
      { input: ghost, left: 780, top: 330 },
    ])
    .jpeg({ quality: 92 })
    .toBuffer();
}

/** A form as `curl -F` sends it. */
export function form(parts: { id?: Blob | Buffer; selfie?: Blob | Buffer; tags?: string; idName?: string; selfieName?: string }): FormData {
  const data = new FormData();
  if (parts.id !== undefined) data.set('idFile', blob(parts.id), parts.idName ?? 'passport.jpg');
  if (parts.selfie !== undefined) data.set('selfieFile', blob(parts.selfie), parts.selfieName ?? 'selfie.jpg');
  if (parts.tags !== undefined) data.set('tags', parts.tags);
  return data;
}

function blob(bytes: Blob | Buffer): Blob {
  return bytes instanceof Blob ? bytes : new Blob([new Uint8Array(bytes)]);
}
