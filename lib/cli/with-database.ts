import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunningPostgres, startPostgres } from '@/lib/db/embedded-postgres';
import { migrate } from '@/lib/db/migrate';
import { readEnv } from '@/lib/env';
import { findOwner, type RunFile, takeOver } from './run-file';

const migrations = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/**
 * Runs the work with a database: the one that is named, the one `up` runs, or one started for this moment. `upToDate` brings its
 * tables up to date first; what only looks leaves them as they are.
 */
export async function withDatabase({ upToDate }: { upToDate: boolean }, work: () => Promise<void>): Promise<void> {
  const settings = readEnv(process.env);
  const dataDir = resolve(settings.DATA_DIR);
  let server: RunningPostgres | undefined;
  let runFile: RunFile | undefined;
  try {
    if (settings.DATABASE_URL === undefined) {
      // Only who runs on the folder may stop its server; while `up` does, this joins in and leaves it running.
      if (!findOwner(dataDir)) runFile = await takeOver(dataDir);
      server = await startPostgres({ dataDir });
    }
    const url = settings.DATABASE_URL ?? server?.url ?? '';
    if (upToDate) await migrate(url, migrations, { schema: 'console' });
    process.env.DATABASE_URL = url;
    await work();
    const { db } = await import('@/lib/db/client');
    await db().$disconnect();
  } finally {
    if (runFile) await server?.stop();
    runFile?.release();
  }
}
