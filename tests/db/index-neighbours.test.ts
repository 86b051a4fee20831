import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { DEFAULT_SEARCH, parseSearchQuery, type SearchQuery } from '@/lib/domain/search-query';
import { indexNeighbours } from '@/lib/mirror/index-neighbours';
import { fillIndex, person } from '../helpers/desk';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

let database: TestDatabase;
let ana: Actor;

beforeAll(async () => {
  database = await testDatabase();
  ana = await person('Ana', 'analyst');
  await fillIndex(1, 9);
  await db().$executeRaw`UPDATE console.record SET machine_result = 'VERIFIED' WHERE verification_id IN (3, 5)`;
  await db().$executeRaw`UPDATE console.record SET received_at = NULL WHERE verification_id = 9`;
});

afterAll(async () => {
  await db().$disconnect();
  await database.drop();
});

const around = async (id: number, query: SearchQuery = DEFAULT_SEARCH) => {
  const { previous, next } = await indexNeighbours(ana, query, id);
  return [previous?.id ?? null, next?.id ?? null];
};

test('the neighbours of a case are those of its list, under filter and order, also where the order knows no value', async () => {
  expect(await around(4)).toEqual([5, 3]);
  expect(await around(8)).toEqual([null, 7]);
  expect(await around(9)).toEqual([1, null]);
  const failures = parseSearchQuery(new URLSearchParams('result=NOT_VERIFIED&direction=asc'));
  expect(await around(4, failures)).toEqual([2, 6]);
  for (const sortBy of ['similarity', 'state', 'decidedAt', 'idFileName'] as const)
    expect(await around(4, { ...failures, sortBy }), sortBy).toEqual([2, 6]);
});

test('a case that no longer matches still has its place, and one nobody knows has none', async () => {
  expect(await around(5, parseSearchQuery(new URLSearchParams('result=NOT_VERIFIED&direction=asc')))).toEqual([4, 6]);
  expect(await around(99)).toEqual([null, null]);
});
