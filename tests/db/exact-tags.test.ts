import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_COLUMNS } from '@/components/grid/column-choice';
import { gridHref, readGridUrl } from '@/components/grid/grid-url';
import { underTag } from '@/components/grid/switch-source';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { DEFAULT_QUERY } from '@/lib/domain/grid-query';
import { populationRow, storedPopulationRow } from '@/lib/export/population-row';
import { UPSTREAM as source } from '@/lib/mirror/record-source';
import { runStretch } from '@/lib/mirror/run-stretch';
import { searchRecords } from '@/lib/mirror/search';
import { adaptVerification } from '@/lib/upstream/adapt';
import { closeUpstream } from '@/lib/upstream/connection';
import { person } from '../helpers/desk';
import { type ListUpstream, recordOf, startListUpstream } from '../helpers/list-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

/** Tags a person can be shown, and whether the filter of the verification API can carry them as they are. */
const TAGS: [name: string, value: string, isLive: boolean][] = [
  ['customerId', '4711', true],
  ['customerId', 'ä ß 漢字 שלום', true],
  ['plain', 'a=b=c', true],
  ['plain', '', true],
  ['customerId', '9999\u202e0001', true],
  ['customerId', '99991000', true],
  ['', 'a value without a name', false],
  ['a=b', 'c', false],
  ['a', 'b=c', true],
  ['padded', ' x', false],
  ['padded', 'x', true],
  [' padded', 'x', false],
  ['emoji', '😀'.repeat(60), true],
  ['long', 'x'.repeat(10_000), false],
  ['half', 'a\ud800b', false],
  ['control', 'a\u0000b', false],
  ['control', 'a\nb\tc', false],
  ['encoded', '%3D%26&tag=x;DROP', true],
];

let database: TestDatabase;
let upstream: ListUpstream;
let ana: Actor;

beforeAll(async () => {
  database = await testDatabase();
  upstream = await startListUpstream();
  Object.assign(process.env, { VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent' });
  ana = await person('Ana', 'analyst');
  for (const [at, [name, value]] of TAGS.entries()) upstream.records.set(at + 1, recordOf(at + 1, { tags: [{ name, value }] }));
  await runStretch('backfill', { signal: new AbortController().signal, until: Number.POSITIVE_INFINITY, source });
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
});

describe('a tag chosen in the live list', () => {
  test.each(TAGS.map((tag, at) => [at + 1, ...tag] as const))(
    'finds its record and no other: %i, %j = %j',
    async (id, name, value, isLive) => {
      const [tag = { name, value }] = adaptVerification(recordOf(id, { tags: [{ name, value }] })).tags;
      const live = { source: 'live', columns: DEFAULT_COLUMNS, query: { ...DEFAULT_QUERY, offset: 50 } } as const;
      const state = readGridUrl(new URL(gridHref(underTag(live, tag)), 'http://console').searchParams);
      if ('field' in state) throw new Error(state.message);
      expect(state.source).toBe(isLive ? 'live' : 'index');
      if (state.source === 'live') return expect(state.query).toMatchObject({ tag, offset: 0 });
      expect((await searchRecords(ana, state.query)).records.map((found) => found.id)).toEqual([id]);
    },
  );
});

test('a row of an export keeps the exact text and names what hides in it', () => {
  const raw = recordOf(1, { tags: [{ name: 'customerId', value: '9999\u202e0001' }], model: 'a\u200bb' });
  const absent = Object.fromEntries(Object.keys(storedPopulationRow.shape).map((key) => [key, null]));
  const stored = storedPopulationRow.parse({
    ...absent,
    id: 1,
    machineResult: 'VERIFIED',
    raw: JSON.stringify(raw),
    snapshotHash: 'x',
    missing: false,
    state: 'OPEN',
    notes: 0,
    decisions: 0,
    recordChangeNoticed: false,
    rationale: 'two\nlines\tand a tab',
  });
  const row = populationRow(stored, adaptVerification(raw), []);
  expect(row.customerId).toBe('9999\u202e0001');
  expect(row.hiddenCharacters).toBe('model: U+200B; customerId: U+202E; tags: U+202E');
  expect(populationRow(stored, adaptVerification(recordOf(1)), []).hiddenCharacters).toBeNull();
});
