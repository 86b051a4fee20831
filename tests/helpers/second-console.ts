import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { nextCommand } from '@/lib/cli/build';
import { startService } from '@/lib/cli/processes';
import { untilReady } from '@/lib/cli/ready';
import { startPostgres } from '@/lib/db/embedded-postgres';
import { keepSecret } from '@/lib/db/secrets';
import { freePort } from './free-port';

export interface SecondConsole {
  url: string;
  close(): Promise<void>;
}

/**
 * One more console of the product the browser tests run on, with its database, people and sessions, but another upstream: for
 * records its own engine would never produce. It is the build that runs already.
 */
export async function startSecondConsole(upstreamUrl: string): Promise<SecondConsole> {
  const dataDir = path.resolve('data/test/e2e');
  const logDir = path.join(dataDir, 'logs');
  mkdirSync(logDir, { recursive: true });
  const [port, database] = [await freePort(), await startPostgres({ dataDir })];
  const url = `http://localhost:${port}`;
  const service = startService({
    name: 'second-console',
    args: [nextCommand(), 'start', '-p', String(port), '-H', '127.0.0.1'],
    logDir,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      NEXT_DIST_DIR: '.next-test',
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      VERIFICATION_API_URL: upstreamUrl,
      VERIFICATION_API_KEY: 'key',
      NEXTAUTH_URL: url,
      NEXTAUTH_SECRET: keepSecret(dataDir, 'sessionSecret'),
    },
  });
  await untilReady(service, `http://127.0.0.1:${port}/api/health`, () => true, 60);
  return { url, close: () => service.stop() };
}
