import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One process, beyond its id: ids are given again, most of all after a restart of the machine or the container. */
export type ProcessIdentity = { pid: number; since: string };

/** The identity of a running process, or undefined when none has this id. */
export function identify(pid: number): ProcessIdentity | undefined {
  const since = process.platform === 'linux' ? sinceOnLinux(pid) : sinceElsewhere(pid);
  return since === undefined ? undefined : { pid, since };
}

/** Whether that very process still runs. */
export function isRunning({ pid, since }: ProcessIdentity): boolean {
  return identify(pid)?.since === since;
}

function sinceOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may hold spaces; the fields after it are counted from the state (field 3) on.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

function sinceElsewhere(pid: number): string | undefined {
  const found = spawnSync('ps', ['-p', String(pid), '-o', 'lstart='], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
}
