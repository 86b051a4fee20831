import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendAuditEvent } from '@/lib/audit/append';
import { chainVerdict } from '@/lib/audit/chain-verdict';
import { checkpointNow } from '@/lib/audit/checkpoint-now';
import { signedHead } from '@/lib/audit/export-format';
import { isSignedBy } from '@/lib/audit/signed-head';
import { tellWitness } from '@/lib/audit/witness';
import { witnessNotice } from '@/lib/audit/witness-notice';
import { db } from '@/lib/db/client';
import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import { auditTasks } from '@/lib/jobs/audit-tasks';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { ownerOf } from '../helpers/tampering';

let database: TestDatabase;
let status = 200;
const heard: unknown[] = [];

const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    heard.push(JSON.parse(body));
    response.writeHead(status).end();
  });
});

beforeAll(async () => {
  database = await testDatabase();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  process.env.AUDIT_WITNESS_URL = `http://127.0.0.1:${port}/heads?token=secret`;
});

afterAll(async () => {
  server.close();
  await db().$disconnect();
  await database.drop();
});

async function signAnother() {
  await db().$transaction((tx) =>
    appendAuditEvent(tx, SYSTEM_ACTOR, { action: 'user.disabled', subject: 'user:u1', data: { email: 'x@example.test' } }),
  );
  return checkpointNow();
}

test('a witness is told every signed head in its order, with what it needs to verify it', async () => {
  const heads = [await signAnother(), await signAnother()];
  expect(await tellWitness()).toBe(0);
  expect(heard).toEqual(heads);
  for (const one of heard) {
    const head = signedHead.parse(one);
    expect(isSignedBy(head.publicKey, head)).toBe(true);
  }
  expect(await tellWitness()).toBe(0);
  expect(heard).toHaveLength(2);
});

test('a witness that does not take one is told again from there, and the verdict says so without its secret', async () => {
  heard.length = 0;
  const refused = await signAnother();
  status = 503;
  expect(await tellWitness()).toBe(1);
  expect(await tellWitness()).toBe(2);
  const { witness } = await chainVerdict(SYSTEM_ACTOR);
  expect(witness).toMatchObject({ seq: 2, failure: 'The witness answered 503.', failures: 2 });
  expect(JSON.stringify(witness)).not.toContain('secret');
  status = 204;
  const next = await signAnother();
  expect(await tellWitness()).toBe(0);
  expect(heard).toEqual([refused, refused, refused, next]);
  expect((await chainVerdict(SYSTEM_ACTOR)).witness).toMatchObject({ seq: 4, failure: null, failures: 0 });
});

test('a witness is told what the folder holds, whatever the owner of the tables writes there, and being behind or ahead is an alarm', async () => {
  heard.length = 0;
  const owner = await ownerOf(database.url);
  const next = await signAnother();
  await owner.tamper('UPDATE console.witness SET seq = 9000000000, failure = NULL, failures = 0; DELETE FROM console.checkpoint');
  expect(await witnessNotice(SYSTEM_ACTOR)).toMatchObject([{ id: 'witness-ahead', severity: 'alarm' }]);
  expect(await tellWitness()).toBe(0);
  expect(heard).toEqual([next]);
  expect(await witnessNotice(SYSTEM_ACTOR)).toEqual([]);
  await signAnother();
  status = 503;
  await tellWitness();
  await owner.tamper('UPDATE console.witness SET failure = NULL, failures = 0');
  const later = Date.now() + 600_001;
  expect(await witnessNotice(SYSTEM_ACTOR)).toEqual([]);
  expect(await witnessNotice(SYSTEM_ACTOR, later)).toMatchObject([
    { severity: 'alarm', text: expect.stringMatching(/ten minutes or more\. The witness answered 503\.$/) },
  ]);
  status = 204;
  expect(await tellWitness()).toBe(0);
  expect(await witnessNotice(SYSTEM_ACTOR, later)).toEqual([]);
  await owner.end();
});

test('the jobs sign within a minute and come back to a failing witness ever later, at most after ten', async () => {
  const [sign, tell] = ['audit.checkpoint', 'audit.witness'].map((name) => auditTasks().find((task) => task.name === name));
  const signal = new AbortController().signal;
  await db().$transaction((tx) => appendAuditEvent(tx, SYSTEM_ACTOR, { action: 'session.ended', subject: 'session:s1', data: {} }));
  expect(await sign?.run(signal)).toBeLessThanOrEqual(30_000);
  expect(Number((await db().checkpoint.findFirst({ orderBy: { seq: 'desc' } }))?.seq)).toBe(7);
  status = 500;
  const waits: (number | null | undefined)[] = [];
  for (let n = 0; n < 12; n += 1) waits.push(await tell?.run(signal));
  expect(waits.slice(0, 3)).toEqual([2_000, 4_000, 8_000]);
  expect(Math.max(...waits.map(Number))).toBe(600_000);
});
