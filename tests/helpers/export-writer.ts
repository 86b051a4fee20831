import { execFileSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';

/** Process ids of the processes that write exports for a console. */
export function writersOf(consolePid: number): number[] {
  const all = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return all.flatMap((line) => {
    const [pid, parent, ...command] = line.trim().split(/\s+/);
    return Number(parent) === consolePid && command.join(' ').includes('lib/export/writer/boot.mjs') ? [Number(pid)] : [];
  });
}

/** Exports that were stopped in the middle. */
export interface HeldExports {
  /** Resolves when so many of them wait. */
  until(waiting: number): Promise<void>;
  release(): Promise<void>;
}

/** Lets every export of a population begin its file, and go no further until it is released. */
export async function holdPopulations(databaseUrl: string): Promise<HeldExports> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('BEGIN; LOCK TABLE console.evidence_hash');
  return {
    until: async (waiting) => {
      for (;;) {
        const { rows } = await client.query(
          `SELECT FROM pg_locks WHERE NOT granted AND relation = 'console.evidence_hash'::regclass AND database =
            (SELECT oid FROM pg_database WHERE datname = current_database())`,
        );
        if (rows.length >= waiting) return;
        await wait(10);
      }
    },
    release: () => client.end(),
  };
}
