import { promisify } from 'node:util';
import { brotliDecompress, inflate } from 'node:zlib';

const unbrotli = promisify(brotliDecompress);
const uninflate = promisify(inflate);

/** Tags that WOFF2 writes as a number (W3C WOFF 2.0, 4.1). */
const KNOWN_TAGS =
  'cmap head hhea hmtx maxp name OS/2 post cvt  fpgm glyf loca prep CFF  VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG  sbix acnt avar bdat bloc bsln cvar fdsc feat fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill';

interface Table {
  tag: string;
  bytes: Buffer;
}

/**
 * Resolves to a font as OpenType readers take it, whatever it is packed in: WOFF and WOFF2 are unpacked once, so that no glyph costs an
 * unpacking of its own. Rejects with an Error for a WOFF2 font whose tables were rewritten.
 */
export async function unpackFont(bytes: Buffer): Promise<Buffer> {
  const signature = bytes.toString('latin1', 0, 4);
  if (signature === 'wOFF') return sfnt(bytes.readUInt32BE(4), await woffTables(bytes));
  return signature === 'wOF2' ? sfnt(bytes.readUInt32BE(4), await woff2Tables(bytes)) : bytes;
}

function woffTables(bytes: Buffer): Promise<Table[]> {
  const entries = Array.from({ length: bytes.readUInt16BE(12) }, (_, index) => 44 + index * 20);
  return Promise.all(
    entries.map(async (at) => {
      const [offset, packed, length] = [bytes.readUInt32BE(at + 4), bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)];
      const stored = bytes.subarray(offset, offset + packed);
      return { tag: bytes.toString('latin1', at, at + 4), bytes: packed < length ? await uninflate(stored) : stored };
    }),
  );
}

async function woff2Tables(bytes: Buffer): Promise<Table[]> {
  let at = 48;
  const number = () => {
    let value = 0;
    for (;;) {
      const byte = bytes.readUInt8(at);
      at += 1;
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
  };
  const entries = Array.from({ length: bytes.readUInt16BE(12) }, () => {
    const flags = bytes.readUInt8(at);
    at += 1;
    const index = flags & 0x3f;
    const tag = index === 0x3f ? bytes.toString('latin1', at, at + 4) : KNOWN_TAGS.slice(index * 5, index * 5 + 4);
    if (index === 0x3f) at += 4;
    // Outlines count as rewritten unless they say otherwise, all else the other way round.
    const plain = tag === 'glyf' || tag === 'loca' ? 3 : 0;
    if (flags >> 6 !== plain) throw new Error(`The table ${tag} of this WOFF2 font is rewritten; only plain ones are read.`);
    return { tag, length: number() };
  });
  const unpacked = await unbrotli(bytes.subarray(at, at + bytes.readUInt32BE(20)));
  let from = 0;
  return entries.map(({ tag, length }) => {
    const table = unpacked.subarray(from, from + length);
    from += length;
    return { tag, bytes: table };
  });
}

// Checksums stay zero: no reader here looks at them, and a PDF gets tables written anew.
function sfnt(flavour: number, tables: Table[]): Buffer {
  const head = Buffer.alloc(12 + tables.length * 16);
  head.writeUInt32BE(flavour, 0);
  head.writeUInt16BE(tables.length, 4);
  const parts: Buffer[] = [head];
  let offset = head.length;
  for (const [index, { tag, bytes }] of [...tables].sort((a, b) => (a.tag < b.tag ? -1 : 1)).entries()) {
    const at = 12 + index * 16;
    head.write(tag, at, 'latin1');
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(bytes.length, at + 12);
    const padding = Buffer.alloc(-bytes.length & 3);
    parts.push(bytes, padding);
    offset += bytes.length + padding.length;
  }
  return Buffer.concat(parts);
}
