import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { changeKeys } from '@/lib/review/change-keys';
import { keysNow } from '@/lib/review/keys-now';
import { person } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { recorded } from '../helpers/recorded';

let database: TestDatabase;
let ana: Actor;
let marek: Actor;

beforeAll(async () => {
  database = await testDatabase();
  ana = await person('Ana', 'analyst');
  marek = await person('Marek', 'manager');
});

afterAll(async () => {
  await db().$disconnect();
  await database.drop();
});

const events = () => db().auditEvent.count({ where: { action: 'keys.changed' } });

test('keys are kept for the person who chose them, with an event each time, until they take the usual ones back', async () => {
  expect(await keysNow(ana)).toEqual([]);
  const bindings = [{ scope: 'case', verb: 'decline', key: 'Shift+g' }];
  await changeKeys(ana, { bindings });
  expect([await keysNow(ana), await keysNow(marek)]).toEqual([bindings, []]);
  await changeKeys(ana, { bindings: [] });
  expect([await keysNow(ana), await events()]).toEqual([[], 2]);
});

test('keys that conflict are refused by the server, and nothing is stored', async () => {
  const before = await events();
  const conflict = changeKeys(ana, { bindings: [{ scope: 'case', verb: 'approve', key: 'd' }] });
  await expect(conflict).rejects.toMatchObject({ code: 'unprocessable', details: { key: 'd' } });
  expect([await keysNow(ana), await events(), await db().keyPreference.count()]).toEqual([[], before, 2]);
});

test('keys that no longer fit the commands leave every command its usual key', async () => {
  await recorded('key_preference', (tx) =>
    tx.keyPreference.create({ data: { userId: marek.id, bindings: [{ scope: 'case', verb: 'gone', key: 'y' }] } }),
  );
  expect(await keysNow(marek)).toEqual([]);
});
