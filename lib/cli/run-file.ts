import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { identify, isRunning, type ProcessIdentity } from './process-identity';

const identity = z.object({ pid: z.number().int().positive(), since: z.string() });
const content = z.object({ owner: identity, children: z.array(identity) });

/** `<dataDir>/up.json`: which process runs on this folder, and which it started. */
export type RunFile = {
  /** Notes a started process, so that the next start finds it if this one is killed. */
  add(pid: number): void;
  release(): void;
};

/** The process that runs on this folder now, if any. */
export function findOwner(dataDir: string): ProcessIdentity | undefined {
  const noted = read(dataDir);
  return noted && isRunning(noted.owner) ? noted.owner : undefined;
}

/**
 * Makes this process the one that runs on the folder, and ends what a killed predecessor left behind.
 * Throws an Error with one sentence when another one runs on it.
 */
export async function takeOver(dataDir: string): Promise<RunFile> {
  mkdirSync(dataDir, { recursive: true });
  const owner = identify(process.pid);
  if (!owner) throw new Error('This system does not tell when a process started; Second Look needs /proc or the ps command.');
  const children: ProcessIdentity[] = [];
  const save = (flag: 'w' | 'wx') => writeFileSync(join(dataDir, 'up.json'), JSON.stringify({ owner, children }), { flag });
  const other = findOwner(dataDir);
  if (other) throw inUse(dataDir, other.pid);
  const left = read(dataDir)?.children ?? [];
  await Promise.all(left.map(end));
  rmSync(join(dataDir, 'up.json'), { force: true });
  try {
    save('wx');
  } catch (error) {
    const winner = findOwner(dataDir);
    throw winner ? inUse(dataDir, winner.pid) : error;
  }
  return {
    add(pid) {
      const child = identify(pid);
      if (child) children.push(child);
      save('w');
    },
    release: () => rmSync(join(dataDir, 'up.json'), { force: true }),
  };
}

function inUse(dataDir: string, pid: number): Error {
  return new Error(`Second Look already runs on ${dataDir} (process ${pid}); stop it first, or set DATA_DIR to another folder.`);
}

function read(dataDir: string): z.infer<typeof content> | undefined {
  const file = join(dataDir, 'up.json');
  if (!existsSync(file)) return undefined;
  try {
    return content.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Cut short by a full disk or a power failure: it names nobody.
    return undefined;
  }
}

async function end(orphan: ProcessIdentity): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    for (let attempt = 0; isRunning(orphan) && attempt < 50; attempt += 1) {
      if (attempt === 0) process.kill(orphan.pid, signal);
      await wait(100);
    }
  }
}
