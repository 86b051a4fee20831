import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_QUERY } from '@/lib/domain/grid-query';
import { adaptList } from '@/lib/upstream/adapt-list';
import { closeUpstream } from '@/lib/upstream/connection';
import { getVerification } from '@/lib/upstream/get';
import { listReadable } from '@/lib/upstream/list-readable';
import { listRecords } from '@/lib/upstream/list-records';
import { neighboursOf } from '@/lib/upstream/neighbours';
import { type ListUpstream, RawRecord, recordOf, startListUpstream } from '../../helpers/list-upstream';

let upstream: ListUpstream;

beforeAll(async () => {
  upstream = await startListUpstream();
  process.env.VERIFICATION_API_URL = upstream.url;
});
beforeEach(() => {
  upstream.records = new Map(Array.from({ length: 20 }, (_, index) => [index + 1, recordOf(index + 1)]));
  upstream.beforeAnswer = () => null;
  upstream.paths = [];
});
afterAll(async () => {
  await closeUpstream();
  await upstream.close();
});

const textOf = (id: number) => JSON.stringify(recordOf(id));
const idsRead = async () => {
  const { entries, total } = await listRecords({ direction: 'asc', offset: 0, limit: 100 }, ({ id, record }) => (record ? id : null));
  return { ids: entries.filter((id) => id !== null), unreadable: entries.filter((id) => id === null).length, total };
};
const others = (...bad: number[]) => [...upstream.records.keys()].filter((id) => !bad.includes(id));

/** Ways to spoil a record so that no parser reads it, or not as a record. */
const SPOILED: Record<string, (text: string) => string> = {
  'a quote that is not escaped': (text) => text.replace('passport.jpg', 'pass"port.jpg'),
  'a text that does not end': (text) => text.replace(/"}\]?}*$/, ''),
  'a brace too many': (text) => `${text}}`,
  'a bracket too few': (text) => text.replace(']', ''),
  'a word nobody knows': (text) => text.replace(/"verified":\w+/, '"verified":True'),
  'half of it': (text) => text.slice(0, text.length / 2),
  nothing: () => '',
  'a number beyond what a program can count': (text) => text.replace(/"verificationId":\d+/, '"verificationId":9007199254740993'),
  'no number': (text) => text.replace('"verificationId"', '"id"'),
  'a list': () => '[1,2,3]',
};

describe('one bad record', () => {
  it.each(Object.entries(SPOILED))('hides no other one: %s', async (_, spoil) => {
    upstream.records.set(7, new RawRecord(spoil(textOf(7))));
    const { ids, unreadable, total } = await idsRead();
    expect(ids).toEqual(others(7));
    expect(unreadable).toBeGreaterThanOrEqual(1);
    expect(total).toBe(20);
  });

  it('is read with null where Python wrote NaN or Infinity, which are left alone inside texts', async () => {
    const odd = textOf(7)
      .replace(/"detectionConfidence":[\d.]+/g, '"detectionConfidence":NaN')
      .replace('"passport.jpg"', '"NaN, -Infinity"');
    upstream.records.set(7, new RawRecord(odd.replace(/"idFileSize":\d+/, '"idFileSize":-Infinity')));
    expect((await idsRead()).ids).toEqual(others());
    const { verification, raw } = await getVerification(7);
    expect(verification.idFileName).toBe('NaN, -Infinity');
    expect(verification.idFileSize).toBeNull();
    expect(verification.faces.every(({ confidence }) => confidence === null)).toBe(true);
    expect(() => JSON.parse(Buffer.from(raw).toString())).not.toThrow();
  });

  it('leaves the grid’s own list readable, and the way from its neighbours past it', async () => {
    upstream.records.set(7, new RawRecord(SPOILED['a quote that is not escaped']?.(textOf(7)) ?? ''));
    const query = { ...DEFAULT_QUERY, sortBy: 'verificationId', direction: 'asc' } as const;
    const page = adaptList(await listReadable(query));
    expect(page.verifications.map(({ id }) => id)).toEqual(others(7));
    expect(page).toMatchObject({ totalCount: 20, unreadable: 1 });
    expect(await neighboursOf(query, 6)).toMatchObject({ previous: { id: 5 }, next: { id: 8 }, total: 20 });
  });

  it.each([1, 8, 20])('costs no further request where it stands apart on its page, however many there are: %i of 20', async (many) => {
    const words = ['nan', '-inf', 'None', '01', '.5,'];
    for (let id = 1; id <= many; id += 1)
      upstream.records.set(id, new RawRecord(textOf(id).replace('"passport.jpg"', `"pass\tport.jpg",${words[id % 5]}`)));
    const { ids, unreadable } = await idsRead();
    expect([ids, unreadable]).toEqual([others(...Array.from({ length: many }, (_, index) => index + 1)), many]);
    expect(upstream.paths).toHaveLength(1);
  });

  it('is passed over whatever its size, and a byte order mark before a page is no fault', async () => {
    upstream.records.set(7, { ...recordOf(7), filler: 'x'.repeat(34 * 1024 * 1024) });
    upstream.records.set(8, { ...recordOf(8), filler: 'x'.repeat(10 * 1024 * 1024) });
    expect(await idsRead()).toEqual({ ids: others(7), unreadable: 1, total: 20 });
    upstream.records.set(7, recordOf(7));
    upstream.beforeAnswer = () => ({ kind: 'bom' });
    expect(await idsRead()).toEqual({ ids: others(), unreadable: 0, total: 20 });
  });

  it('is told from a service that sends nothing readable, which is left alone after a few requests', async () => {
    for (const id of upstream.records.keys()) upstream.records.set(id, new RawRecord('{"broken'));
    await expect(idsRead()).rejects.toMatchObject({ code: 'upstream-unreadable' });
    expect(upstream.paths.length).toBeLessThan(16);
    upstream.paths = [];
    upstream.beforeAnswer = () => ({ kind: 'html' });
    await expect(idsRead()).rejects.toMatchObject({ code: 'upstream-unreadable' });
    expect(upstream.paths).toHaveLength(1);
  });

  it('of any kind, anywhere in a page and up to three of them, leaves all the others', { timeout: 120_000 }, async () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }).map((json) => JSON.stringify(json)),
      fc.constantFrom(
        'NaN',
        'Infinity',
        '-Infinity',
        '"\\ud800"',
        '1e999',
        '""',
        '9007199254740993',
        `${'['.repeat(300)}${']'.repeat(300)}`,
      ),
    );
    const spoil = fc.oneof(
      fc.constantFrom(...Object.values(SPOILED)),
      // Any member but the number becomes anything.
      fc.tuple(fc.nat(), value).map(([at, json]) => (text: string) => {
        const members = [...text.matchAll(/"(?!verificationId)\w+":/g)];
        const member = members[at % members.length];
        return member ? `${text.slice(0, member.index)}"x":0,${member[0]}${json},"y":0,${text.slice(member.index)}` : text;
      }),
    );
    const bad = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 20 }), spoil), { minLength: 1, maxLength: 3, selector: ([id]) => id });
    await fc.assert(
      fc.asyncProperty(bad, async (spoiled) => {
        upstream.records = new Map(Array.from({ length: 20 }, (_, index) => [index + 1, recordOf(index + 1)]));
        for (const [id, change] of spoiled) upstream.records.set(id, new RawRecord(change(textOf(id))));
        const { ids, total } = await idsRead();
        expect(ids).toEqual(expect.arrayContaining(others(...spoiled.map(([id]) => id))));
        expect(total).toBe(20);
      }),
      { numRuns: 150 },
    );
  });
});
