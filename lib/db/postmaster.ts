import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What a running server writes into its folder. */
export type Postmaster = { pid: number; port: number };

/**
 * The server that runs on this folder, from its `postmaster.pid`, or undefined. A file left by a killed server, or one whose
 * process id belongs to another program by now, counts as none.
 */
export function runningPostmaster(folder: string): Postmaster | undefined {
  const noted = readPostmaster(folder);
  return noted && isAlive(noted.pid) && isPostgres(noted.pid) ? noted : undefined;
}

/**
 * Removes a `postmaster.pid` whose process id now belongs to another program, because PostgreSQL would take that for a running
 * server. One that names a dead process stays: PostgreSQL finds the sessions a killed server left behind through it.
 */
export function forgetRecycledPostmaster(folder: string): void {
  const noted = readPostmaster(folder);
  if (noted && isAlive(noted.pid) && !isPostgres(noted.pid)) rmSync(join(folder, 'postmaster.pid'), { force: true });
}

function readPostmaster(folder: string): Postmaster | undefined {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid = '', , , port = ''] = readFileSync(file, 'utf8').split('\n');
  return Number(pid) > 0 && Number(port) > 0 ? { pid: Number(pid), port: Number(port) } : undefined;
}

/** Whether a process with this id exists, ours or not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return false;
  try {
    return /\) Z /.test(readFileSync(file, 'utf8'));
  } catch {
    return true;
  }
}

function isPostgres(pid: number): boolean {
  const file = `/proc/${pid}/cmdline`;
  try {
    if (existsSync(file)) return readFileSync(file, 'utf8').includes('postgres');
  } catch {
    return false;
  }
  if (process.platform === 'win32') return true;
  return spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout.includes('postgres');
}
