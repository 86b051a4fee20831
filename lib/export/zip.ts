import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { takeName } from './portable-name';

/** A file within the archive, as the manifest names it. */
export interface PackedFile {
  /** In the archive: portable ASCII. */
  name: string;
  /** What the file is called where it came from, when that is another name. */
  originalName?: string;
  sha256: string;
  bytes: number;
}

interface Entry {
  name: Buffer;
  crc: number;
  size: number;
  offset: number;
}

/** A ZIP on its way to the disk, readable as a whole only once it was ended: what says where its files are comes last. */
export interface Zip {
  /**
   * Adds one file, stored as it is. Throws what its chunks throw, and an Error for a name that is not portable or already taken; the
   * archive is then good for nothing.
   */
  add(name: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<PackedFile>;
  /** Bytes on the disk so far. */
  size(): number;
  /** Writes the directory, brings all of it to the disk and closes the file. */
  end(): Promise<void>;
  /** Closes the file as it is. */
  abandon(): Promise<void>;
}

const MAX_32 = 0xffffffff;
// Sizes and checksum follow the bytes, which are not known before. Names are ASCII and need no flag.
const FLAGS = 0x0008;
const VERSION = 20;
const VERSION_64 = 45;
// Made as on Unix: an archive made as on MS-DOS says nothing of permissions, and unzip reads its names in an old code page.
const MADE_ON_UNIX = 3 << 8;
// A plain file its owner may write and everybody may read (0644).
const MODE = 0o100644;
// 1980-01-01 00:00, the first moment this format knows: an archive does not depend on when it was written.
const DATE = 0x0021;

/**
 * Begins a ZIP at `path`, which must not exist. Sizes and places from `large` bytes on are written as ZIP64 has them; no less than four
 * gigabytes demand it, and every reader of ZIP64 takes it for less.
 */
export async function createZip(path: string, large = MAX_32): Promise<Zip> {
  const file = await open(path, 'wx', 0o600);
  const entries: Entry[] = [];
  const taken = new Set<string>();
  let offset = 0;
  const early = earlySync(file);
  const write = async (bytes: Uint8Array) => {
    await writeAll(file, bytes);
    offset += bytes.length;
    early.wrote(bytes.length);
  };
  return {
    size: () => offset,
    abandon: async () => {
      await early.settled();
      await file.close();
    },
    add: async (name, chunks) => {
      takeName(name, taken);
      const entry: Entry = { name: Buffer.from(name, 'ascii'), crc: 0, size: 0, offset };
      await write(localHeader(entry));
      const hash = createHash('sha256');
      for await (const chunk of chunks) {
        const writing = write(chunk);
        hash.update(chunk);
        entry.crc = crc32(chunk, entry.crc);
        entry.size += chunk.length;
        await writing;
      }
      await write(descriptor(entry, large));
      entries.push(entry);
      return { name, sha256: hash.digest('hex'), bytes: entry.size };
    },
    end: async () => {
      const start = offset;
      for (const entry of entries) await write(directoryHeader(entry, large));
      await write(directoryEnd(entries.length, offset - start, start, large));
      await early.settled();
      await file.sync();
      await file.close();
    },
  };
}

const SYNC_BYTES = 32 * 1024 * 1024;

/** Brings to the disk what was written while more is, so that the end need not wait for all of it. A fault is told by the last sync. */
function earlySync(file: FileHandle): { wrote(bytes: number): void; settled(): Promise<void> } {
  let since = 0;
  let running: Promise<void> | null = null;
  return {
    wrote: (bytes) => {
      since += bytes;
      if (since < SYNC_BYTES || running) return;
      since = 0;
      running = file
        .datasync()
        .catch(() => undefined)
        .finally(() => {
          running = null;
        });
    },
    settled: async () => {
      await running;
    },
  };
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}

function localHeader({ name }: Entry): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(FLAGS, 6);
  header.writeUInt16LE(DATE, 12);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function descriptor({ crc, size }: Entry, from: number): Buffer {
  const large = size >= from;
  const bytes = Buffer.alloc(large ? 24 : 16);
  bytes.writeUInt32LE(0x08074b50, 0);
  bytes.writeUInt32LE(crc, 4);
  if (large) {
    bytes.writeBigUInt64LE(BigInt(size), 8);
    bytes.writeBigUInt64LE(BigInt(size), 16);
  } else {
    bytes.writeUInt32LE(size, 8);
    bytes.writeUInt32LE(size, 12);
  }
  return bytes;
}

function directoryHeader({ name, crc, size, offset }: Entry, from: number): Buffer {
  const large = size >= from || offset >= from;
  const extra = Buffer.alloc(large ? 28 : 0);
  if (large) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(24, 2);
    for (const [index, value] of [size, size, offset].entries()) extra.writeBigUInt64LE(BigInt(value), 4 + index * 8);
  }
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(MADE_ON_UNIX | (large ? VERSION_64 : VERSION), 4);
  header.writeUInt16LE(large ? VERSION_64 : VERSION, 6);
  header.writeUInt16LE(FLAGS, 8);
  header.writeUInt16LE(DATE, 14);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(large ? MAX_32 : size, 20);
  header.writeUInt32LE(large ? MAX_32 : size, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE((MODE << 16) >>> 0, 38);
  header.writeUInt32LE(large ? MAX_32 : offset, 42);
  return Buffer.concat([header, name, extra]);
}

function directoryEnd(count: number, size: number, offset: number, from: number): Buffer {
  const large = offset >= from;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(large ? MAX_32 : offset, 16);
  if (!large) return end;
  const end64 = Buffer.alloc(76);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeUInt16LE(MADE_ON_UNIX | VERSION_64, 12);
  end64.writeUInt16LE(VERSION_64, 14);
  for (const [index, value] of [count, count, size, offset].entries()) end64.writeBigUInt64LE(BigInt(value), 24 + index * 8);
  end64.writeUInt32LE(0x07064b50, 56);
  end64.writeBigUInt64LE(BigInt(offset + size), 64);
  end64.writeUInt32LE(1, 72);
  return Buffer.concat([end64, end]);
}
