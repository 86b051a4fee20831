import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { openPromise } from 'yauzl';

/** A program or library, none of them ours, that unpacks a ZIP. */
export interface ArchiveReader {
  name: string;
  isHere(): boolean;
  /** Unpacks into an empty folder. Throws on any fault the reader reports. */
  unpack(archive: string, folder: string): Promise<void>;
}

/** yauzl comes with our development packages, so every run has at least one reader. */
export const ARCHIVE_READERS: ArchiveReader[] = [
  { name: 'yauzl', isHere: () => true, unpack: unpackWithYauzl },
  command('unzip', ['-v'], (archive, folder) => [
    ['unzip', ['-tqq', archive]],
    ['unzip', ['-qq', archive, '-d', folder]],
  ]),
  command('7z', ['i'], (archive, folder) => [['7z', ['x', '-bd', `-o${folder}`, archive]]]),
  command('bsdtar', ['--version'], (archive, folder) => [['bsdtar', ['-xf', archive, '-C', folder]]]),
  command('python3', ['--version'], (archive, folder) => [
    [
      'python3',
      [
        '-c',
        'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2])',
        archive,
        folder,
      ],
    ],
  ]),
];

/** Returns the files in a folder: their names, bytes in hex and permissions. */
export function unpackedFiles(folder: string): { name: string; bytes: string; mode: string }[] {
  return readdirSync(folder)
    .toSorted()
    .map((name) => {
      const path = join(folder, name);
      return { name, bytes: readFileSync(path).toString('hex'), mode: (statSync(path).mode & 0o777).toString(8) };
    });
}

function command(name: string, probe: string[], steps: (archive: string, folder: string) => [string, string[]][]): ArchiveReader {
  return {
    name,
    isHere: () => works(name, probe),
    unpack: async (archive, folder) => {
      // Without a UTF-8 locale, as in a container or a cron job. A standard mask, so that permissions can be compared.
      const env = { ...process.env, LC_ALL: 'C', LANG: 'C' };
      for (const [program, args] of steps(archive, folder))
        execFileSync('sh', ['-c', 'umask 022; exec "$@"', 'sh', program, ...args], { env });
    },
  };
}

function works(program: string, args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function unpackWithYauzl(archive: string, folder: string): Promise<void> {
  const zip = await openPromise(archive, { strictFileNames: true });
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(Buffer.from(chunk));
    const bytes = Buffer.concat(chunks);
    if (crc32(bytes) !== entry.crc32) throw new Error(`${entry.fileName} is damaged.`);
    await writeFile(join(folder, entry.fileName), bytes, { flag: 'wx' });
    await chmod(join(folder, entry.fileName), (entry.externalFileAttributes >>> 16) & 0o777);
  }
}
