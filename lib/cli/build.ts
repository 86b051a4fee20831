import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openLog, tail } from './processes';

/** What the console is made of. lib/cli and lib/engine are left out: the console may not import them. */
const SOURCES = ['app', 'components', 'lib', 'public', 'prisma/schema.prisma'];
const NOT_SOURCES = ['lib/cli', 'lib/engine', 'lib/db/generated'];
const ROOT_FILES = /^(package-lock\.json|package\.json|tsconfig\.json|proxy\.ts|instrumentation\.ts|(next|postcss)\.config\.[cm]?[jt]s)$/;

/** Whether the console has to be built: nothing is built yet, or a source changed since. */
export function needsBuild(root: string, distDir: string): boolean {
  const stamp = stampFile(root, distDir);
  const built = existsSync(join(root, distDir, 'BUILD_ID')) && existsSync(stamp);
  return !built || readFileSync(stamp, 'utf8') !== fingerprint(root);
}

/**
 * Builds the console for production into `distDir`. Throws an Error with the last lines of `<logDir>/build.log` when it fails.
 * `onStart` gets the process, for who wants to end it.
 */
export async function build(root: string, distDir: string, logDir: string, onStart: (child: ChildProcess) => void): Promise<void> {
  const made = fingerprint(root);
  rmSync(stampFile(root, distDir), { force: true });
  const logFile = join(logDir, 'build.log');
  const log = openLog(logFile);
  const child = spawn(process.execPath, [nextCommand(), 'build'], {
    cwd: root,
    env: {
      ...process.env,
      CONSOLE_VERSION: made.slice(0, 16),
      NODE_ENV: 'production',
      NEXT_DIST_DIR: distDir,
      NEXT_TELEMETRY_DISABLED: '1',
    },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  onStart(child);
  const code = await new Promise<number | null>((resolve, reject) => child.once('exit', resolve).once('error', reject));
  if (code !== 0) throw new Error(`The console could not be built. ${logFile}:\n${tail(logFile, 25)}`);
  mkdirSync(join(root, distDir), { recursive: true });
  writeFileSync(stampFile(root, distDir), made);
}

/** Path of Next's command, to be run with Node. */
export function nextCommand(): string {
  return createRequire(import.meta.url).resolve('next/dist/bin/next');
}

/** A hash over the names and contents of every source of the console. */
export function fingerprint(root: string): string {
  const hash = createHash('sha256');
  const files = [...readdirSync(root).filter((name) => ROOT_FILES.test(name)), ...SOURCES.flatMap((source) => filesBelow(root, source))];
  for (const file of files.sort()) {
    const bytes = readFileSync(join(root, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

function filesBelow(root: string, path: string): string[] {
  if (NOT_SOURCES.includes(path) || !existsSync(join(root, path))) return [];
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => {
    const below = `${path}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(root, below) : [below];
  });
}

function stampFile(root: string, distDir: string): string {
  return join(root, distDir, 'second-look-sources');
}
