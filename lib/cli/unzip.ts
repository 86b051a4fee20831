import { closeSync, createReadStream, createWriteStream, fstatSync, mkdirSync, openSync, readSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

interface Entry {
  name: string;
  /** 0 stored, 8 deflated. */
  method: number;
  packed: number;
  offset: number;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const COMMENT_MAX = 65_535;
const IN_64 = 0xffffffff;

/** Unpacks a ZIP into a folder. Throws an Error for what is no ZIP, or holds a path that leads out of the folder. */
export async function unzip(file: string, folder: string): Promise<void> {
  for (const { name, method, packed, offset } of readEntries(file)) {
    const target = normalize(name);
    if (name.endsWith('/')) continue;
    if (target.startsWith('..') || target.startsWith('/') || target.includes('\\'))
      throw new Error(`${file} holds a path that leads out of it: ${name}.`);
    mkdirSync(dirname(join(folder, target)), { recursive: true });
    const start = dataStart(file, offset);
    const unpack = method === 8 ? createInflateRaw() : new PassThrough();
    const source = packed === 0 ? [] : createReadStream(file, { start, end: start + packed - 1 });
    await pipeline(source, unpack, createWriteStream(join(folder, target)));
  }
}

function readEntries(file: string): Entry[] {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const tail = read(handle, Math.max(0, size - END_BYTES - COMMENT_MAX), Math.min(size, END_BYTES + COMMENT_MAX));
    const end = tail.lastIndexOf(word(END));
    if (end < 0) throw new Error(`${file} is no ZIP, or was cut off.`);
    const end64 = tail.lastIndexOf(word(END_64));
    const said = (at: number, at64: number) => (end64 < 0 ? tail.readUInt32LE(end + at) : Number(tail.readBigUInt64LE(end64 + at64)));
    const count = end64 < 0 ? tail.readUInt16LE(end + 10) : said(0, 24);
    const [length, start] = [said(12, 40), said(16, 48)];
    const directory = read(handle, start, length);
    const entries: Entry[] = [];
    for (let at = 0; entries.length < count; ) {
      if (directory.readUInt32LE(at) !== ENTRY) throw new Error(`${file} has no readable list of its files.`);
      const nameEnd = at + ENTRY_BYTES + directory.readUInt16LE(at + 28);
      const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
      const name = directory.subarray(at + ENTRY_BYTES, nameEnd).toString('utf8');
      const number = wideNumbers(directory.subarray(nameEnd, extraEnd));
      // The unpacked length comes first where it too is written wide.
      number(directory.readUInt32LE(at + 24));
      const packed = number(directory.readUInt32LE(at + 20));
      const offset = number(directory.readUInt32LE(at + 42));
      entries.push({ name, method: directory.readUInt16LE(at + 10), packed, offset });
      at = extraEnd + directory.readUInt16LE(at + 32);
    }
    return entries;
  } finally {
    closeSync(handle);
  }
}

/** Reads numbers in their order: one that did not fit four bytes stands in the extra field 1, behind the one before it. */
function wideNumbers(extra: Buffer): (short: number) => number {
  let next = 0;
  while (next + 4 <= extra.length && extra.readUInt16LE(next) !== 1) next += 4 + extra.readUInt16LE(next + 2);
  next += 4;
  return (short) => {
    if (short !== IN_64) return short;
    next += 8;
    return Number(extra.readBigUInt64LE(next - 8));
  };
}

// The lengths of name and extra field stand before the data once more, and may differ from the list's.
function dataStart(file: string, offset: number): number {
  const handle = openSync(file, 'r');
  try {
    const header = read(handle, offset, 30);
    return offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    closeSync(handle);
  }
}

function read(handle: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  if (readSync(handle, buffer, 0, length, position) !== length) throw new Error('The ZIP was cut off.');
  return buffer;
}

function word(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}
