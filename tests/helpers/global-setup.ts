import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '@/lib/db/embedded-postgres';
import { migrate } from '@/lib/db/migrate';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the migrated database that test files copy. */
    templateDatabaseUrl: string;
  }
}

/**
 * One real PostgreSQL for the whole run, in a folder of its own that goes with it. Nothing in it has to survive a power cut.
 * Nobody may connect to the migrated database: PostgreSQL copies only one that is not in use.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'second-look-test-'));
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };
  const server = await startPostgres({ dataDir, settings });
  const end = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await migrate(server.url, join(project.config.root, 'prisma/migrations'), { schema: 'console' });
  } catch (error) {
    await end();
    throw error;
  }
  project.provide('templateDatabaseUrl', server.url);
  return end;
}
