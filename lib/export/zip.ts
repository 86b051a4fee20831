import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import ZipStream from 'zip-stream';
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

/** A ZIP on its way to the disk. It can be read only once it was ended: the list of its files comes last. */
export interface Zip {
  /**
   * Adds one file, stored as it is. Throws what its chunks throw, and an Error for a name that is not portable or already taken; the
   * archive is then good for nothing.
   */
  add(name: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<PackedFile>;
  /** Bytes on the disk so far. */
  size(): number;
  /** Writes the list of files, brings all of it to the disk and closes the file. */
  end(): Promise<void>;
  /** Closes the file as it is. */
  abandon(): Promise<void>;
}

/** What every file is stored with. A plain file (0644) of the first moment ZIP knows: an archive does not depend on when it was written. */
const ENTRY = { store: true, mode: 0o100644, date: new Date(Date.UTC(1980, 0, 1)) };
/** Bytes that wait for the disk at most, besides the chunk in hand. */
const WAITING_BYTES = 256 * 1024;

/** Creates a ZIP at `path`, which must not exist. */
export async function createZip(path: string): Promise<Zip> {
  const file = await open(path, 'wx', 0o600);
  const packer = new ZipStream({ highWaterMark: WAITING_BYTES });
  const taken = new Set<string>();
  const written = { bytes: 0 };
  const early = earlySync(file);
  const draining = drain(packer, file, (bytes) => {
    written.bytes += bytes;
    early.wrote(bytes);
  });
  // Whoever adds a file or ends the archive hears of a fault of the disk.
  draining.catch(() => undefined);
  return {
    size: () => written.bytes,
    abandon: async () => {
      packer.destroy();
      await draining.catch(() => undefined);
      await early.settled();
      await file.close();
    },
    add: async (name, chunks) => {
      takeName(name, taken);
      const hash = createHash('sha256');
      let bytes = 0;
      async function* measured() {
        for await (const chunk of chunks) {
          hash.update(chunk);
          bytes += chunk.length;
          // A copy: the source fills its buffer again while this one waits to be written.
          yield Buffer.from(chunk);
        }
      }
      const source = Readable.from(measured(), { objectMode: false, highWaterMark: WAITING_BYTES });
      await Promise.race([packed(packer, source, name), draining]);
      return { name, sha256: hash.digest('hex'), bytes };
    },
    end: async () => {
      packer.finish();
      await draining;
      await early.settled();
      await file.sync();
      await file.close();
    },
  };
}

function packed(packer: ZipStream, source: Readable, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    packer.entry(source, { ...ENTRY, name }, (fault) => (fault ? reject(fault) : resolve()));
  });
}

async function drain(packer: ZipStream, file: FileHandle, wrote: (bytes: number) => void): Promise<void> {
  for await (const chunk of packer) {
    for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
    wrote(chunk.length);
  }
}

const SYNC_BYTES = 32 * 1024 * 1024;

/** Brings to the disk what was written while more is, so that the end need not wait for all of it. The last sync reports a fault. */
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
