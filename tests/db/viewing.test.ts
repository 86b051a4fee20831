import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { DEFAULT_POLICY } from '@/lib/domain/policy';
import { changePreference } from '@/lib/review/change-preference';
import { currentPolicy } from '@/lib/review/policies';
import { revealEvidence } from '@/lib/review/reveal-evidence';
import { timelineOf } from '@/lib/review/timeline';
import { viewingNow } from '@/lib/review/viewing';
import { person } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { recorded } from '../helpers/recorded';
import { publishPolicy } from '../helpers/second-person';

let database: TestDatabase;
let ana: Actor;
let marek: Actor;
let auditor: Actor;

beforeAll(async () => {
  database = await testDatabase();
  ana = await person('Ana', 'analyst');
  marek = await person('Marek', 'manager');
  auditor = await person('Aud', 'auditor');
});

afterAll(async () => {
  await db().$disconnect();
  await database.drop();
});

const preferenceEvents = () => db().auditEvent.count({ where: { action: 'preference.changed' } });

describe('how pictures are shown', () => {
  test('is what the policy says for the role: by default only who does not judge people sees them blurred', async () => {
    expect((await viewingNow(ana)).viewing).toMatchObject({ masked: false, byHouse: false });
    expect((await viewingNow(auditor)).viewing).toMatchObject({ masked: true, byHouse: true });
  });

  test('can be made safer by a person, on all her machines, never less safe than the policy', async () => {
    await changePreference(ana, { alwaysBlur: true, blurPx: 40, greyscale: true });
    await changePreference(auditor, { alwaysBlur: false, blurPx: null, greyscale: null });
    expect((await viewingNow(ana)).viewing).toMatchObject({ masked: true, byHouse: false, blurPx: 40, greyscale: true });
    expect((await viewingNow(auditor)).viewing.masked).toBe(true);
    await changePreference(ana, { alwaysBlur: false, blurPx: null, greyscale: null });
    expect((await viewingNow(ana)).viewing).toMatchObject({ masked: false, blurPx: DEFAULT_POLICY.masking.blurPx, greyscale: false });
    expect(await preferenceEvents()).toBe(3);
  });

  test('is not changed when the event of the change cannot be written', async () => {
    await db().$executeRawUnsafe(`CREATE FUNCTION console.full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'full'; END $$`);
    await db().$executeRawUnsafe(
      'CREATE TRIGGER a_full_disk BEFORE INSERT ON console.audit_event FOR EACH ROW EXECUTE FUNCTION console.full_disk()',
    );
    await db().$executeRawUnsafe('ALTER TABLE console.audit_event ENABLE ALWAYS TRIGGER a_full_disk');
    await expect(changePreference(ana, { alwaysBlur: true, blurPx: null, greyscale: null })).rejects.toThrow();
    await expect(revealEvidence(ana, 7)).rejects.toThrow();
    await db().$executeRawUnsafe('DROP TRIGGER a_full_disk ON console.audit_event');
    expect((await viewingNow(ana)).preference.alwaysBlur).toBe(false);
    expect(await timelineOf(7)).toEqual([]);
  });

  test('cannot be read from a preference that is none: the screen then keeps its pictures blurred', async () => {
    await recorded('viewing_preference', (tx) =>
      tx.viewingPreference.create({ data: { userId: marek.id, settings: { alwaysBlur: 'no' } } }),
    );
    await expect(viewingNow(marek)).rejects.toThrow();
  });
});

test('every reveal is an event of its own on the timeline of the case', async () => {
  await revealEvidence(ana, 8);
  await revealEvidence(ana, 8);
  expect((await timelineOf(8)).map(({ action, actorName }) => [action, actorName])).toEqual([
    ['evidence.revealed', 'Ana'],
    ['evidence.revealed', 'Ana'],
  ]);
});

test('a policy from before there was masking reads as the default, and says it when it is changed', async () => {
  const { masking: _, ...older } = DEFAULT_POLICY;
  await recorded('policy', (tx) =>
    tx.policy.create({ data: { version: 1, settings: older, reason: 'as it was written then', byId: marek.id, byName: 'Marek' } }),
  );
  expect((await currentPolicy()).settings.masking).toEqual(DEFAULT_POLICY.masking);
  const masking = { roles: ['analyst' as const], blurPx: 30, greyscale: true, watermark: true };
  const pair = { first: marek, second: await person('Mona', 'manager') };
  await publishPolicy(pair, { version: 1, settings: { ...DEFAULT_POLICY, masking }, reason: 'less to see for everybody' });
  expect((await viewingNow(ana)).viewing).toEqual({ masked: true, byHouse: true, blurPx: 30, greyscale: true, watermark: true });
});
