import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const NEEDED_BYTES = 1.5e9;

/**
 * Installs the packages of package-lock.json unless node_modules holds them already. Of two processes that start at once, the
 * second waits for the first. Throws an Error with the reason in its first line.
 */
export async function install(root) {
  if (isInstalled(root)) return;
  await locked(root, async () => {
    if (isInstalled(root)) return;
    const { bavail, bsize } = statfsSync(root);
    if (bavail * bsize < NEEDED_BYTES) {
      throw new Error(`The disk of ${root} has ${(bavail * bsize) / 1e9} GB left; the packages need ${NEEDED_BYTES / 1e9} GB.`);
    }
    const start = Date.now();
    await npmCi(root, start);
    console.log(`✓ Packages installed (${seconds(start)})`);
  });
}

/** Whether npm finished installing what package-lock.json asks for: its own record of node_modules names the same versions. */
export function isInstalled(root) {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const { packages: present = {} } = JSON.parse(readFileSync(record, 'utf8'));
  const { packages: wanted } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  // An optional package may be absent: most of them are for other machines.
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true;
    const found = present[path];
    return found ? found.version === entry.version && found.integrity === entry.integrity : Boolean(entry.optional || entry.devOptional);
  });
}

async function npmCi(root, start) {
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const [program, rest] = npm?.endsWith('.js') ? [process.execPath, [npm, ...args]] : ['npm', args];
  console.log('  Installing packages');
  const child = spawn(program, rest, {
    cwd: root,
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1', PRISMA_SKIP_POSTINSTALL_GENERATE: '1', npm_config_omit: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const progress = setInterval(() => tell(`  Installing packages: ${seconds(start)}`), process.stdout.isTTY ? 1000 : 10_000);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearInterval(progress));
  if (process.stdout.isTTY) process.stdout.write('\r\x1b[K');
  if (code !== 0) throw new Error(`The packages could not be installed; npm said:\n${errors.trim()}`);
}

// In the temporary folder, because npm empties node_modules, and the clone itself stays free of our files.
async function locked(root, work) {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const lock = join(tmpdir(), `second-look-install-${process.getuid?.() ?? 'user'}-${name}`);
  while (!take(lock)) {
    tell('  Waiting for another process that installs packages here');
    await wait(1000);
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!isAlive(lock)) rmSync(lock, { force: true });
  return false;
}

function isAlive(lock) {
  try {
    return process.kill(Number(readFileSync(lock, 'utf8')), 0);
  } catch {
    return false;
  }
}

function tell(text) {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${text}`);
  else console.log(text);
}

function seconds(start) {
  return `${Math.round((Date.now() - start) / 1000)} s`;
}
