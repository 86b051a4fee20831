import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const output = join(root, 'lib/db/generated');
const stamp = join(output, '.stamp');

/**
 * Generates the Prisma client from prisma/schema.prisma into lib/db/generated, unless that was done for this schema and this
 * version of Prisma. Needs no network. Answers whether it did anything; throws an Error that ends with Prisma's own words.
 */
export function generateClient() {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  // Over an earlier client the generator sometimes misses the folders it has just made.
  rmSync(output, { recursive: true, force: true });
  const done = spawnSync(process.execPath, [prismaCli(), 'generate', '--no-hints', '--config', 'prisma/prisma.config.ts'], {
    cwd: root,
    env: { ...process.env, ...offline() },
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`The database client could not be generated: ${done.error?.message ?? done.stderr.trim()}`);
  mkdirSync(output, { recursive: true });
  writeFileSync(stamp, wanted);
  return true;
}

/** Path of the Prisma command, to be run with Node. */
export function prismaCli() {
  return createRequire(import.meta.url).resolve('prisma/build/index.js');
}

/** What keeps the Prisma command from the network: our stand-in for the engine it would download, no telemetry, no update check. */
export function offline() {
  return {
    PRISMA_SCHEMA_ENGINE_BINARY: fileURLToPath(new URL('schema-engine.mjs', import.meta.url)),
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  };
}

function fingerprint() {
  const version = readFileSync(join(root, 'node_modules/prisma/package.json'));
  const schema = readFileSync(join(root, 'prisma/schema.prisma'));
  return createHash('sha256').update(version).update(schema).digest('hex');
}
