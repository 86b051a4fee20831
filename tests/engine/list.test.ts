import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertVerification, nextVerificationId } from '@/lib/engine/store/insert-verification';
import { openStore, type Store } from '@/lib/engine/store/open-store';
import { WIRE_SORT_FIELDS, type WireSortField } from '@/lib/wire/list';
import type { WireVerification } from '@/lib/wire/record';
import { type RunningEngine, runEngine } from './running-engine';

let engine: RunningEngine;
let store: Store;
const records: WireVerification[] = [];

/** Few distinct values in every column, so that every sort is full of ties. */
function record(verificationId: number, n: number): WireVerification {
  return {
    verificationId,
    idFileType: ['jpeg', 'png', 'webp'][n % 3] ?? '',
    idFileName: ['b.jpg', 'A.jpg', 'ä.jpg', 'a.jpg'][n % 4] ?? '',
    idFileSize: (n * 7) % 5,
    selfieFileType: ['webp', 'jpeg'][n % 2] ?? '',
    selfieFileName: ['z.jpg', 'y.jpg'][n % 2] ?? '',
    selfieFileSize: (n * 3) % 4,
    timestamp: 1_770_000_000 + ((n * 11) % 6),
    timestampISO: '2026-02-02T02:40:00.000000',
    model: 'verification',
    modelVersion: '1.0.0',
    verified: n % 3 === 0,
    modelResults: { technicalChecks: [] },
    tags: [{ name: 'customerId', value: String(n % 4) }, ...(n === 5 ? [{ name: 'a', value: 'x=y, z "' }] : [])],
    files: [],
  };
}

beforeAll(async () => {
  engine = await runEngine();
  store = await openStore(engine.databaseUrl, 4);
  for (let n = 0; n < 60; n += 1) {
    const made = record(await nextVerificationId(store), n);
    await insertVerification(store, made, [], async () => {});
    records.push(made);
  }
});

afterAll(async () => {
  await store.end();
  await engine.dispose();
});

async function list(query: Record<string, string>): Promise<{ totalCount: number; count: number; data: WireVerification[] }> {
  const response = await engine.get(`/v1/verification?${new URLSearchParams(query)}`);
  expect(response.status).toBe(200);
  return response.json();
}

/** By code point, ties by id, as the service promises. */
function sorted(among: WireVerification[], field: WireSortField, direction: 'asc' | 'desc'): number[] {
  const sign = direction === 'asc' ? 1 : -1;
  const key = (one: WireVerification) => (field === 'verified' ? Number(one.verified) : one[field]);
  const compare = (a: WireVerification, b: WireVerification) =>
    key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.verificationId - b.verificationId;
  return among.toSorted((a, b) => sign * compare(a, b)).map((one) => one.verificationId);
}

const everyOrder = WIRE_SORT_FIELDS.flatMap((field) => [
  { field, direction: 'asc' as const },
  { field, direction: 'desc' as const },
]);

describe('the list', () => {
  it.each(everyOrder)('is in one total order by $field $direction, page after page, all and filtered', async ({ field, direction }) => {
    for (const tagFilter of [null, 'customerId=2']) {
      const among = tagFilter === null ? records : records.filter((one) => one.tags[0]?.value === '2');
      const seen: number[] = [];
      for (let offset = 0; offset < among.length; offset += 7) {
        const query = { limit: '7', offset: String(offset), sortBy: field, direction, ...(tagFilter ? { tagFilter } : {}) };
        const page = await list(query);
        expect(page.totalCount).toBe(among.length);
        expect(page.count).toBe(page.data.length);
        seen.push(...page.data.map((one) => one.verificationId));
      }
      expect(seen).toEqual(sorted(among, field, direction));
    }
  });

  it('starts with the newest 25 when nothing is asked for', async () => {
    const page = await list({});
    expect(page.count).toBe(25);
    expect(page.data.map((one) => one.verificationId)).toEqual(sorted(records, 'verificationId', 'desc').slice(0, 25));
    expect(page.data[0]).toEqual(records.at(-1));
  });

  it('splits a tag filter at its first equals sign and matches exactly', async () => {
    expect((await list({ tagFilter: 'a=x=y, z "' })).data.map((one) => one.verificationId)).toEqual([records[5]?.verificationId]);
    expect(await list({ tagFilter: 'a=x' })).toEqual({ totalCount: 0, count: 0, data: [] });
    expect(await list({ tagFilter: 'nobody=1' })).toEqual({ totalCount: 0, count: 0, data: [] });
  });

  it('still says how many there are when the page lies beyond the end', async () => {
    expect(await list({ offset: '1000' })).toEqual({ totalCount: 60, count: 0, data: [] });
    expect(await list({ offset: '1000', tagFilter: 'customerId=1' })).toEqual({ totalCount: 15, count: 0, data: [] });
  });

  it('writes nothing when the last step before the commit fails, counts included', async () => {
    const doomed = record(await nextVerificationId(store), 1);
    const failure = insertVerification(store, { ...doomed, tags: [{ name: 'only', value: 'here' }] }, [], async () => {
      throw new Error('the disk is full');
    });
    await expect(failure).rejects.toThrow('the disk is full');
    expect((await list({})).totalCount).toBe(60);
    expect((await list({ tagFilter: 'only=here' })).totalCount).toBe(0);
  });

  it('keeps the totals right when records with the same tags arrive at once and when rows are deleted', async () => {
    const ids = await Promise.all(
      Array.from({ length: 12 }, async (_, n) => {
        const id = await nextVerificationId(store);
        const tags = [
          { name: 'rush', value: 'b' },
          { name: 'rush', value: 'a' },
        ];
        await insertVerification(store, { ...record(id, n), tags: n % 2 ? tags : tags.toReversed() }, [], async () => {});
        return id;
      }),
    );
    expect((await list({ tagFilter: 'rush=a' })).totalCount).toBe(12);
    await store.query('DELETE FROM engine.verification WHERE verification_id = ANY ($1)', [ids]);
    expect((await list({ tagFilter: 'rush=b' })).totalCount).toBe(0);
    expect((await list({})).totalCount).toBe(60);
  });
});
