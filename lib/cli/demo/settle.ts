import sharp, { type Sharp } from 'sharp';

/**
 * Runs a pipeline now and answers a new one over its raw RGB pixels. sharp orders a pipeline's steps by a rule of its own, so
 * steps whose order matters need a border; raw pixels are a cheaper one than an encoded picture. Size, not the whole `info`,
 * is passed on: after a composite it says premultiplied, and without an alpha channel that ruins the colours.
 */
export async function settle(picture: Sharp): Promise<Sharp> {
  const { data, width, height } = await pixelsOf(picture);
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** The pixels of a pipeline as 8-bit RGB, row by row. Transparency is dropped, so flatten first. */
export async function pixelsOf(picture: Sharp): Promise<{ data: Buffer; width: number; height: number }> {
  const { data, info } = await picture.removeAlpha().toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
