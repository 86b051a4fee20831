import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { type ListUpstream, recordOf, startListUpstream } from '../helpers/list-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

let database: TestDatabase;
let upstream: ListUpstream;
let jobs: ChildProcess;

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startListUpstream();
  for (let id = 1; id <= 138; id += 1) upstream.records.set(id, recordOf(id));
  const settings = {
    DATABASE_URL: database.url,
    VERIFICATION_API_URL: upstream.url,
    VERIFICATION_API_KEY: 'key',
    SYNC_INTERVAL_SECONDS: '1',
  };
  jobs = spawn(process.execPath, ['--import', 'tsx', 'lib/jobs/main.ts'], { env: { ...process.env, ...settings }, stdio: 'ignore' });
});

afterAll(async () => {
  jobs.kill('SIGKILL');
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

test('the process of the jobs fills the index, follows what is new, and ends cleanly when told to', async () => {
  await untilHeld(138);
  upstream.records.set(139, recordOf(139));
  await untilHeld(139);
  expect(await db().syncState.findUnique({ where: { kind: 'backfill' } })).toMatchObject({ position: 138n, failure: null });
  const ended = once(jobs, 'exit');
  jobs.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

async function untilHeld(count: number): Promise<void> {
  while ((await db().record.count()) < count) await new Promise((resolve) => setTimeout(resolve, 100));
}
