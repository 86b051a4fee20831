import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { person } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

let database: TestDatabase;
let ana: Actor;
let marek: Actor;

beforeAll(async () => {
  database = await testDatabase();
  [ana, marek] = [await person('Ana', 'analyst'), await person('Marek', 'manager')];
});

afterAll(async () => {
  await db().$disconnect();
  await database.drop();
});

test('SQL as the console cannot hand a session, a remembered answer, a view or an export to another person', async () => {
  const [view, asked] = [randomUUID(), randomUUID()];
  await db().savedView.create({ data: { id: view, name: 'v', query: '', ownerId: ana.id, ownerName: 'Ana', shared: false } });
  await db().export.create({ data: { id: asked, kind: 'population', format: 'csv', query: '', byId: ana.id, byName: 'Ana' } });
  await db().idempotencyKey.create({ data: { userId: ana.id, key: 'k', requestHash: 'a'.repeat(64), status: 200, body: {} } });
  const changes = [
    `session SET user_id = '${marek.id}' WHERE id = '${ana.sessionId}'`,
    `session SET id = gen_random_uuid() WHERE id = '${ana.sessionId}'`,
    `session SET provider = 'oidc' WHERE id = '${ana.sessionId}'`,
    `"user" SET id = gen_random_uuid() WHERE id = '${ana.id}'`,
    `idempotency_key SET user_id = '${marek.id}'`,
    `saved_view SET owner_id = '${marek.id}'`,
    `saved_view SET owner_name = 'Marek'`,
    `export SET by_id = '${marek.id}', by_name = 'Marek'`,
  ];
  for (const change of changes) {
    await expect(db().$executeRawUnsafe(`UPDATE console.${change}`), change).rejects.toThrow(/never changes/);
  }
  const session = await db().session.findUniqueOrThrow({ where: { id: ana.sessionId ?? '' } });
  expect(session.userId).toBe(ana.id);
});

test('a session that was revoked stays revoked', async () => {
  await db().session.update({ where: { id: marek.sessionId ?? '' }, data: { revokedAt: new Date() } });
  await expect(db().session.update({ where: { id: marek.sessionId ?? '' }, data: { revokedAt: null } })).rejects.toThrow(/was revoked/);
});
