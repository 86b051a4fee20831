import type { Picture } from '../image/picture';

/** Splits a row of binary PPM pictures (8-bit RGB) as ffmpeg writes them: "P6", width, height, 255, pixels. An incomplete last one is left out. */
export function parsePpm(bytes: Buffer): Picture[] {
  const pictures: Picture[] = [];
  let at = 0;
  for (;;) {
    const header = /^P6\s(\d+)\s(\d+)\s255\s/.exec(bytes.toString('latin1', at, at + 32));
    if (header === null) return pictures;
    const width = Number(header[1]);
    const height = Number(header[2]);
    const start = at + header[0].length;
    at = start + width * height * 3;
    if (at > bytes.length) return pictures;
    pictures.push({ width, height, data: bytes.subarray(start, at) });
  }
}
