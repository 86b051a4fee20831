import sharp, { type Sharp } from 'sharp';
import { pixelsOf } from './settle';

/**
 * Adds sensor noise to a picture. `strength` is the largest step in levels of 0..255; the same seed gives the same noise.
 * Answers a sharp pipeline over raw RGB pixels, ready to be encoded.
 */
export async function addGrain(picture: Sharp, strength: number, seed: number): Promise<Sharp> {
  const { data, width, height } = await pixelsOf(picture);
  let state = (seed * 2654435761 + 97) | 1;
  for (let at = 0; at < data.length; at += 3) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    // Two uniform bytes summed give a triangle, near enough to the bell curve of a sensor.
    const luma = (((state & 255) + ((state >>> 8) & 255)) / 255 - 1) * strength;
    const chroma = (((state >>> 16) & 255) / 255 - 0.5) * strength * 0.5;
    data[at] = clamp((data[at] ?? 0) + luma + chroma);
    data[at + 1] = clamp((data[at + 1] ?? 0) + luma);
    data[at + 2] = clamp((data[at + 2] ?? 0) + luma - chroma);
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

const clamp = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value);
