import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { markBegun } from '@/lib/audit/folder-marks';
import { verifyStoredChain } from '@/lib/audit/verify-stored-chain';
import { db } from '@/lib/db/client';
import { startPostgres } from '@/lib/db/embedded-postgres';
import { migrate } from '@/lib/db/migrate';
import { runningPostmaster } from '@/lib/db/postmaster';
import type { Actor } from '@/lib/domain/actor';
import { closeUpstream } from '@/lib/upstream/connection';
import sample from '../fixtures/upstream/sample.json';
import { type Answer, decideByLot, drawer, FAULT } from '../helpers/deciding';
import { person } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { type RecordUpstream, startRecordUpstream } from '../helpers/record-upstream';

/** `LONG_TESTS=1` runs both as long as the house was measured: 5,000 requests, 20 kills. */
const LONG = process.env.LONG_TESTS === '1';
const CLIENTS = 50;
const REQUESTS = LONG ? 5_000 : 200;
const CASES = LONG ? 500 : 40;
const KILLS = LONG ? 20 : 2;
const ACKNOWLEDGED_FIRST = 12;

let database: TestDatabase;
let upstream: RecordUpstream;

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startRecordUpstream((id) => ({ ...sample.result, verificationId: id, verified: false }));
  Object.assign(process.env, {
    VERIFICATION_API_URL: upstream.url,
    VERIFICATION_API_KEY: 'key',
    LOG_LEVEL: 'silent',
    DATABASE_POOL: String(CLIENTS),
  });
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

describe('many reviewers at once', () => {
  test('each request is decided once or told that it is stale; events and decisions are one to one; the chain is whole', async () => {
    const people: Actor[] = [];
    for (let n = 0; n < CLIENTS; n += 1) people.push(await person(`Reviewer${n}`, 'analyst'));
    const answers: Answer[] = [];
    const draw = drawer(7);
    const shared = new Map<number, number>();
    const work = people.map((actor, n) => {
      // Half of them see what all the others do, half only what they were told themselves, so that many of theirs are stale.
      const seen = n % 2 === 0 ? shared : new Map<number, number>();
      return decideByLot(actor, { cases: CASES, requests: REQUESTS / CLIENTS, seen, draw }, (answer) => answers.push(answer));
    });
    await Promise.all(work);
    expect(answers).toHaveLength(REQUESTS);
    const made = answers.flatMap((answer) => ('made' in answer ? [answer.made] : []));
    expect(new Set(answers.flatMap((answer) => ('refused' in answer ? [answer.refused] : [])))).toEqual(new Set(['stale']));
    expect(made.length).toBeGreaterThan(REQUESTS / 4);
    expect(await recorded(database.url)).toEqual({ decisions: made.toSorted(), events: made.toSorted(), holes: 0 });
    expect(await verifyStoredChain()).toMatchObject({ whole: true });
  }, 600_000);
});

describe('a kill in the middle of it', () => {
  test(`of the console or of PostgreSQL, ${KILLS} times, loses no acknowledged decision and leaves every decision its event`, async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'second-look-kill-'));
    // A server that writes to its disk as in production: this file's other one does not.
    let server = await startPostgres({ dataDir });
    await migrate(server.url, 'prisma/migrations', { schema: 'console' });
    const environment = { ...process.env, DATABASE_URL: server.url, AUDIT_CHECKPOINT_DIR: join(dataDir, 'checkpoints') };
    // As the console does with its first event.
    markBegun(environment.AUDIT_CHECKPOINT_DIR);
    const actors = await peopleOf(server.url, 10);
    const acknowledged: string[] = [];
    let signed = 0;
    try {
      for (let kill = 0; kill < KILLS; kill += 1) {
        const argument = JSON.stringify({ actors, cases: 40, seed: kill + 1 });
        const args = ['--import', createRequire(import.meta.url).resolve('tsx'), 'tests/helpers/deciding-process.ts', argument];
        const child = spawn(process.execPath, args, { env: environment, stdio: ['ignore', 'pipe', 'ignore'] });
        const ended = once(child, 'exit');
        let lines = 0;
        let killed = false;
        for await (const line of createInterface({ input: child.stdout })) {
          if (line === FAULT) {
            // What a console answers after its database died is no acknowledgement; then it may go too.
            if (killed) child.kill('SIGKILL');
            continue;
          }
          acknowledged.push(line);
          lines += 1;
          if (killed || lines < ACKNOWLEDGED_FIRST + kill) continue;
          killed = true;
          if (kill % 2 === 0) child.kill('SIGKILL');
          else process.kill(runningPostmaster(join(dataDir, 'postgres'))?.pid ?? 0, 'SIGKILL');
        }
        await ended;
        expect(lines, `acknowledged before kill ${kill}`).toBeGreaterThanOrEqual(ACKNOWLEDGED_FIRST + kill);
        server = await startPostgres({ dataDir });
        expect(server.url, 'the address of the server after a restart').toBe(environment.DATABASE_URL);
        const { decisions, events, holes } = await recorded(server.url);
        expect(
          acknowledged.filter((id) => !decisions.includes(id)),
          `lost by kill ${kill}`,
        ).toEqual([]);
        expect(events).toEqual(decisions);
        expect(holes).toBe(0);
        const verdict = await verifiedApart(environment);
        expect(verdict).toMatchObject({ whole: true });
        signed = verdict.signed?.seq ?? 0;
      }
      expect(signed, 'heads signed on the way').toBeGreaterThan(0);
    } finally {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  }, 1_200_000);
});

/** The decisions there are, those the log tells of, and the versions missing in between. */
async function recorded(url: string): Promise<{ decisions: string[]; events: string[]; holes: number }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const decisions = await client.query('SELECT id::text AS id FROM console.decision ORDER BY 1');
    const events = await client.query(
      `SELECT p.data::jsonb #>> '{data,decisionId}' AS id FROM console.audit_event e JOIN console.audit_payload p ON p.seq = e.seq
       WHERE e.action = 'decision.made' ORDER BY 1`,
    );
    const holes = await client.query(
      'SELECT coalesce(sum(missing), 0)::int AS holes FROM (SELECT max(version) - count(*) AS missing FROM console.decision GROUP BY verification_id) AS c',
    );
    const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).toSorted();
    return { decisions: ids(decisions.rows), events: ids(events.rows), holes: holes.rows[0].holes };
  } finally {
    await client.end();
  }
}

/** Reviewers of a database that is not this process's own. */
async function peopleOf(url: string, count: number): Promise<Actor[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    `WITH added AS (
       INSERT INTO console."user" (id, email, name, role)
       SELECT gen_random_uuid(), 'r' || n || '@example.test', 'Reviewer ' || n, 'analyst' FROM generate_series(1, $1::int) AS n RETURNING id, email, name
     )
     SELECT id, email, name, console.append_audit_event('system', 'System', 'system', 'user.added', 'user:' || id, '{"data":{}}') FROM added`,
    [count],
  );
  await client.end();
  const origin = { requestId: 'test', ip: null, userAgent: null };
  return rows.map(({ id, email, name }) => ({ id, email, name, role: 'analyst', sessionId: null, origin }));
}

/** What `npm run audit:verify -- --json` says. */
async function verifiedApart(environment: NodeJS.ProcessEnv): Promise<{ whole: boolean; signed: { seq: number } | null }> {
  const child = spawn(process.execPath, ['lib/cli/bootstrap.mjs', 'audit-verify', '--json'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('{')) said = line;
  return JSON.parse(said);
}
