// Starts the whole product for the browser tests: the real `up`, on data of its own that is fresh at every run.
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const dataDir = path.resolve('data/test/e2e');

// Only the model weights survive: they are large, pinned by hash and hold nothing of a run.
if (existsSync(dataDir)) {
  for (const name of readdirSync(dataDir)) {
    if (name !== 'models') rmSync(path.join(dataDir, name), { recursive: true, force: true });
  }
}

// Those of the project, when they are there, need not be fetched again.
const models = path.resolve(process.env.DATA_DIR ?? 'data', 'models');
if (existsSync(models)) cpSync(models, path.join(dataDir, 'models'), { recursive: true });

const port = Number(process.env.E2E_PORT ?? 3910);
for (const name of ['DATABASE_URL', 'VERIFICATION_API_URL', 'VERIFICATION_API_KEY', 'NEXTAUTH_SECRET']) delete process.env[name];
Object.assign(process.env, {
  PORT: String(port),
  ENGINE_PORT: String(port + 1),
  DATA_DIR: dataDir,
  NEXT_DIST_DIR: '.next-test',
  NEXTAUTH_URL: `http://localhost:${port}`,
  // The least there is: passwords are checked as ever, in a quarter of the time.
  PASSWORD_COST: '10',
});

await import('../../lib/cli/up');
