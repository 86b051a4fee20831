const BLOCK = 512;

/**
 * The regular files of an unpacked tar archive whose path is wanted, as path -> bytes.
 * Reads the plain ustar header that npm writes: name in bytes 0..100, prefix in 345..500, size in octal at 124..136.
 * Throws an Error when the archive ends inside a file.
 */
export function readTar(archive: Buffer, wanted: ReadonlySet<string>): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  let at = 0;
  // An archive ends with blocks of zeros.
  while (archive[at] !== 0) {
    if (at + BLOCK > archive.length) throw new Error('The archive of the models is cut off.');
    const header = archive.subarray(at, at + BLOCK);
    const size = Number.parseInt(text(header, 124, 12), 8) || 0;
    const prefix = text(header, 345, 155);
    const name = prefix === '' ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`;
    const start = at + BLOCK;
    if (start + size > archive.length) throw new Error('The archive of the models is cut off.');
    if (wanted.has(name)) found.set(name, archive.subarray(start, start + size));
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return found;
}

function text(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return field
    .subarray(0, end === -1 ? length : end)
    .toString('utf8')
    .trim();
}
