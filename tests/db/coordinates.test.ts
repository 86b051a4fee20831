import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCase } from '@/app/(console)/verifications/[id]/load-case';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { auditSentence } from '@/lib/domain/audit-event';
import { proposedSetting } from '@/lib/domain/coordinate-space';
import { UPSTREAM } from '@/lib/mirror/record-source';
import { refreshRecord } from '@/lib/mirror/refresh-record';
import { setSpace } from '@/lib/review/coordinates/set-space';
import { spaceSetting } from '@/lib/review/coordinates/space-setting';
import { lastSurvey, surveySpace } from '@/lib/review/coordinates/survey-space';
import { closeUpstream } from '@/lib/upstream/connection';
import { person, refusalOf } from '../helpers/desk';
import { inStoredPixels, markedPicture, wireFace } from '../helpers/marked-picture';
import { type PictureUpstream, startPictureUpstream } from '../helpers/picture-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

let database: TestDatabase;
let upstream: PictureUpstream;
let [ana, marek]: Actor[] = [];

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startPictureUpstream();
  Object.assign(process.env, { VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent' });
  [ana, marek] = [await person('Ana', 'analyst'), await person('Marek', 'manager')];
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

const known = (actor: Actor | undefined): Actor => actor ?? expect.fail('nobody was added');
const events = () => db().auditEvent.count({ where: { action: 'connection.coordinates-set' } });

test('the first 200 records propose what their turned pictures agree on, whether the service sends parts or not', async () => {
  const shown = { width: 300, height: 200 };
  const face = wireFace(1, 120, 100, 80);
  const stored = (orientation: 6 | 3) => inStoredPixels(face, shown, orientation);
  const [jpeg, webp, upright] = await Promise.all([
    markedPicture(shown, [face], 6),
    markedPicture(shown, [face], 3, 'webp'),
    markedPicture(shown, [face]),
  ]);
  const clip = Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isom', 'latin1');
  const cases = [
    { pictures: { id: jpeg, face: upright }, faces: { id: [stored(6)], face: [face] } },
    { pictures: { id: webp, face: jpeg }, faces: { id: [stored(3)], face: [] }, parts: 'ignored' as const },
    { pictures: { id: jpeg, face: clip }, faces: { id: [stored(6)], face: [face] }, types: { face: 'video/mp4' } },
    { pictures: { id: jpeg, face: Buffer.from('%PDF-1.7') }, faces: { id: [stored(6)], face: [face] }, faults: { face: 500 } },
  ];
  for (const [index, made] of cases.entries()) upstream.add({ id: index + 1, ...made });
  // Beyond the first 200 nothing is asked, whatever it would say.
  await db().$executeRaw`
    INSERT INTO console.record (verification_id, machine_result, received_at, model, id_file_name, id_file_type, selfie_file_name,
      selfie_file_type, findings, raw, snapshot_hash)
    SELECT n, 'NOT_VERIFIED', now(), 'm', 'id.jpg', 'image/jpeg', 'selfie.jpg', 'image/jpeg', '{}', '{}', repeat('0', 64)
    FROM generate_series(10, 205) AS n`;
  upstream.add({ id: 300, pictures: { id: jpeg, face: jpeg }, faces: { id: [face], face: [face] } });
  for (const id of [1, 2, 3, 4, 300]) await refreshRecord(id, undefined, UPSTREAM);

  expect(await lastSurvey()).toBeNull();
  const survey = await surveySpace(new AbortController().signal);
  expect(survey).toMatchObject({ records: 200, pictures: 5, turned: 4, shown: 0, stored: 4 });
  expect(await lastSurvey()).toEqual(survey);
  expect(proposedSetting(survey)).toBe('stored');
  expect(upstream.rangesOfSelfie(300)).toEqual([]);
  // Nobody looked at anything.
  expect(await db().auditEvent.count({ where: { action: { startsWith: 'evidence.' } } })).toBe(0);
});

test('a manager sets what an API counts, recorded as a row with its event; setting the same again records nothing', async () => {
  expect((await refusalOf(setSpace(known(ana), 'stored'))).code).toBe('forbidden');
  expect(await spaceSetting()).toEqual({ setting: 'per-picture', setAt: null, setBy: null });
  expect(await setSpace(known(marek), 'stored')).toMatchObject({ setting: 'stored', setBy: 'Marek' });
  await setSpace(known(marek), 'stored');
  expect(await events()).toBe(1);
  const { address } = { address: upstream.url };
  const sentence = auditSentence({
    ...{ action: 'connection.coordinates-set', subject: 'connection:coordinates' },
    data: { address, from: 'per-picture', to: 'stored' },
  });
  expect(sentence).toBe(`set what the coordinates of ${address} count from “Decide for each picture” to “Pixels as stored in the file”`);
  await expect(db().$executeRaw`UPDATE console.coordinate_setting SET setting = 'shown'`).rejects.toThrow();
  expect((await loadCase(known(ana), 1, { blind: false })).coordinates).toBe('stored');
});

test('what was set holds for the address it was set for, and not for the next one', async () => {
  await db().$executeRaw`ALTER TABLE console.coordinate_setting DISABLE TRIGGER USER`;
  await db().$executeRaw`INSERT INTO console.coordinate_setting (address, setting, by_id, by_name)
    VALUES ('https://another.example.com', 'shown', ${known(marek).id}::uuid, 'Marek')`;
  expect((await spaceSetting()).setting).toBe('stored');
});
