import { pool } from './client';

let previous: Promise<unknown> = Promise.resolve();

/**
 * Runs `work` after whatever this process was given before, unless another process runs work of the same name at that moment. Resolves to
 * whether it ran. Holds one connection of the pool meanwhile, and never more than one in all.
 */
export function oneAtATime(name: string, work: () => Promise<void>): Promise<boolean> {
  const run = previous.then(() => unlessHeld(name, work));
  previous = run.catch(() => undefined);
  return run;
}

async function unlessHeld(name: string, work: () => Promise<void>): Promise<boolean> {
  const connection = await (await pool()).connect();
  const key = [`second-look/${name}`];
  try {
    const { rows } = await connection.query<{ held: boolean }>('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held', key);
    if (rows[0]?.held !== true) return false;
    try {
      await work();
      return true;
    } finally {
      await connection.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', key);
    }
  } finally {
    connection.release();
  }
}
