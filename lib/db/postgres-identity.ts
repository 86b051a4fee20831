import { spawnSync } from 'node:child_process';
import { chownSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const NOBODY = 65534;

/** How to start a program of PostgreSQL: what to put before it, and the owner to become. */
export type Identity = { prefix: string[]; owner?: { uid: number; gid: number } };

/**
 * PostgreSQL refuses to run as root. A plain user runs it directly. Root runs it as the owner of its folder; where root owns
 * the folder, in a user namespace that calls root "nobody", and where namespaces are forbidden, as nobody, who then owns the folder.
 * `folder` must exist. Throws an Error with one sentence when nobody could not reach it.
 */
export function chooseIdentity(folder: string, programs: string[]): Identity {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const { uid, gid } = statSync(folder);
  if (uid !== 0) return { prefix: [], owner: { uid, gid } };
  const namespace = ['unshare', '-U', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
  if (succeeds([...namespace, 'true'])) return { prefix: namespace };
  const closed = [folder, ...programs].flatMap(parents).find((parent) => (statSync(parent).mode & 0o001) === 0);
  if (closed) {
    throw new Error(
      `PostgreSQL does not run as root, and a plain user cannot enter ${closed}; run as a plain user, or move to a folder open to all.`,
    );
  }
  giveAway(folder);
  return { prefix: [], owner: { uid: NOBODY, gid: NOBODY } };
}

/** Where the system can do it, the server ends with the process that started it, even when that one is killed. */
export function endWithParent(): string[] {
  const prefix = ['setpriv', '--pdeathsig', 'INT'];
  return process.platform === 'linux' && succeeds([...prefix, 'true']) ? prefix : [];
}

function succeeds(command: string[]): boolean {
  const [program = '', ...args] = command;
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

function parents(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...parents(parent)];
}

function giveAway(path: string): void {
  chownSync(path, NOBODY, NOBODY);
  if (!statSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) giveAway(join(path, name));
}
