import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { verifyExport } from '@/lib/audit/verify.mjs';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { ExportInput } from '@/lib/domain/export';
import { unrecordedUser } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { unzip } from '../helpers/unzip';

let database: TestDatabase;
let folder: string;
let auditor: Actor;
const heard: { seq: number; keyId: string; publicKey: string }[] = [];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  heard.push(JSON.parse(body));
  response.writeHead(204).end();
});

/** The rooms as a process that was started with this signing key has them. */
async function startedWith(seed: string) {
  process.env.AUDIT_SIGNING_KEY = seed;
  vi.resetModules();
  const { appendAuditEvent } = await import('@/lib/audit/append');
  const { checkpointNow } = await import('@/lib/audit/checkpoint-now');
  const { tellWitness } = await import('@/lib/audit/witness');
  const { auditKeys } = await import('@/lib/audit/public-keys');
  const { verifyStoredChain } = await import('@/lib/audit/verify-stored-chain');
  const { createExport } = await import('@/lib/export/create-export');
  const { openExport } = await import('@/lib/export/open-export');
  const append = (text: string) =>
    db().$transaction((tx) =>
      appendAuditEvent(tx, auditor, { action: 'note.added', subject: 'verification:5', data: { noteId: 'n', text } }),
    );
  const exported = async (input: ExportInput) => {
    const begun = await createExport(auditor, input, (fault) => {
      throw fault;
    });
    await begun.done;
    const { body } = await openExport(auditor, begun.export.id, { range: null, ifRange: null });
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    const to = mkdtempSync(join(folder, 'unpacked-'));
    for (const [name, bytes] of unzip(Buffer.concat(chunks))) writeFileSync(join(to, name), bytes);
    return to;
  };
  return { append, checkpointNow, tellWitness, auditKeys, verifyStoredChain, exported };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'second-look-rotation-'));
  database = await testDatabase();
  process.env.DATA_DIR = folder;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.AUDIT_WITNESS_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const origin = { requestId: 'r', ip: null, userAgent: null };
  auditor = { ...(await unrecordedUser('Auditor', 'auditor')), sessionId: null, origin };
});

afterAll(async () => {
  server.close();
  await db().$disconnect();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('a replaced key vouches no longer, the new one vouches for it, and each head goes out with the key that signed it', async () => {
  const before = await startedWith('5e'.repeat(32));
  await before.append('signed by the first key');
  const first = await before.checkpointNow();
  const after = await startedWith('6f'.repeat(32));
  const second = await after.checkpointNow();
  expect(second).toMatchObject({ seq: 2 });
  const rotation = await db().auditEvent.findUniqueOrThrow({ where: { seq: 2 } });
  expect(rotation).toMatchObject({ action: 'key.rotated', subject: `key:${first?.publicKey}` });
  await after.tellWitness();
  expect(heard.map(({ seq, keyId, publicKey }) => ({ seq, keyId, publicKey }))).toEqual([
    { seq: 1, keyId: first?.keyId, publicKey: first?.publicKey },
    { seq: 2, keyId: second?.keyId, publicKey: second?.publicKey },
  ]);
  expect(after.auditKeys().map(({ keyId, current }) => [keyId, current])).toEqual([
    [second?.keyId, true],
    [first?.keyId, false],
  ]);
  expect(await after.verifyStoredChain()).toMatchObject({ whole: true });

  const log = await after.exported({ kind: 'audit-log', format: 'jsonl', query: '' });
  expect(await verifyExport(log, { key: second?.publicKey ?? '' })).toMatchObject({ whole: true, trust: 'given-key' });
  expect(await verifyExport(log, { key: first?.publicKey ?? '' })).toMatchObject({
    whole: false,
    broken: { field: 'signature', found: `one of key ${second?.keyId}` },
  });
  expect(await verifyExport(log)).toMatchObject({ whole: true, trust: 'own-key' });

  // The first key was replaced: a process that still has it must not sign again.
  const late = await startedWith('5e'.repeat(32));
  await late.append('by a process that was forgotten');
  await expect(late.checkpointNow()).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('which was replaced before'),
  });
});

test('an export of any kind is bound to the key by its manifest', async () => {
  const { exported } = await startedWith('6f'.repeat(32));
  const key = (await import('@/lib/audit/signing-key')).signingKey().publicKey;
  const population = await exported({ kind: 'population', format: 'csv', query: '' });
  expect(await verifyExport(population, { key })).toMatchObject({ whole: true, events: 0, trust: 'given-key' });
  rmSync(join(population, 'manifest.sig'));
  expect(await verifyExport(population)).toMatchObject({ whole: true, trust: 'unsigned' });
  expect(await verifyExport(population, { key })).toMatchObject({ whole: false, broken: { field: 'signature', found: 'none' } });
});
