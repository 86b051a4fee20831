import { describe, expect, it } from 'vitest';
import type { GridRecord } from '@/components/grid/grid-record';
import { LoadFailure } from '@/components/grid/load-failure';
import { type IndexPage, type LoadIndexPage, PAGE_ROWS, RowPages } from '@/components/grid/row-pages';
import { assignSlots } from '@/components/grid/slots';
import { DEFAULT_SEARCH } from '@/lib/domain/search-query';
import { adaptVerification } from '@/lib/upstream/adapt';

/** An index of numbers, walked upwards; a cursor is the last number of the page before. */
function indexOf(ids: number[]) {
  const state = { ids, fails: false, asked: [] as string[] };
  const load: LoadIndexPage = async (_, { cursor, limit, count }): Promise<IndexPage> => {
    state.asked.push(`${cursor ?? 'first'} ${count}`);
    if (state.fails) throw new LoadFailure('unreachable', 'No answer.');
    const after = cursor === null ? state.ids : state.ids.filter((id) => id > Number(cursor));
    const page = after.slice(0, limit);
    return {
      rows: page.map(rowOf),
      nextCursor: after.length > limit ? String(page.at(-1)) : null,
      count: count === 'none' ? null : { value: state.ids.length, capped: false },
      syncedAt: 1,
    };
  };
  return { state, load };
}

const rowOf = (id: number): GridRecord => ({
  id,
  verification: adaptVerification({ verificationId: id }),
  review: { status: 'unknown' },
  missing: false,
});
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** Waits until nothing is being fetched any more. */
async function settled(pages: RowPages): Promise<void> {
  while (pages.isLoading) await new Promise<void>((resolve) => pages.subscribe(resolve));
}

async function walkTo(pages: RowPages, place: number): Promise<void> {
  while (pages.length <= place && pages.hasMore) {
    pages.want(Math.max(0, pages.length - 30), pages.length - 1);
    await settled(pages);
  }
  pages.want(place - 30, place);
  await settled(pages);
}

const idsOf = (pages: RowPages) => Array.from({ length: pages.length }, (_, place) => pages.at(place)?.id);

describe('the rows of the index', () => {
  it('are fetched ahead of the screen, in order, each once, and counted with the first page only', async () => {
    const { state, load } = indexOf(numbers(250));
    const pages = new RowPages(DEFAULT_SEARCH, load);
    pages.want(0, 30);
    await settled(pages);
    expect(pages.count).toEqual({ value: 250, capped: false });
    await walkTo(pages, 249);
    expect(idsOf(pages)).toEqual(numbers(250));
    expect(pages.hasMore).toBe(false);
    expect(state.asked).toEqual(['first capped', '100 none', '200 none']);
  });

  it('stay few in memory however far one scrolls, and come back where one returns', async () => {
    const { load } = indexOf(numbers(6000));
    const pages = new RowPages(DEFAULT_SEARCH, load);
    await walkTo(pages, 5999);
    expect(pages.length).toBe(6000);
    expect(pages.at(5999)?.id).toBe(6000);
    expect(pages.at(0)).toBeUndefined();
    expect(pages.ids().length).toBeLessThanOrEqual(30 * PAGE_ROWS);
    pages.want(0, 30);
    await settled(pages);
    expect(pages.at(0)?.id).toBe(1);
    expect(pages.length).toBe(6000);
  });

  it('neither repeat nor skip a record when others come and go while one walks', async () => {
    const { state, load } = indexOf(numbers(400).map((id) => id * 10));
    const pages = new RowPages(DEFAULT_SEARCH, load);
    await walkTo(pages, 399);
    state.ids = [...state.ids.filter((id) => id !== 50), 55, 56, 1505].toSorted((a, b) => a - b);
    pages.refresh();
    await settled(pages);
    pages.want(0, 30);
    await settled(pages);
    await walkTo(pages, 401);
    expect(pages.length).toBe(402);
    expect(idsOf(pages)).toEqual(state.ids);
  });

  it('say what failed, keep what was there, and go on after another try', async () => {
    const { state, load } = indexOf(numbers(900));
    const pages = new RowPages(DEFAULT_SEARCH, load);
    await walkTo(pages, 50);
    state.fails = true;
    pages.want(300, 390);
    await settled(pages);
    expect(pages.failure?.code).toBe('unreachable');
    expect(pages.at(0)?.id).toBe(1);
    state.fails = false;
    pages.want(0, 30);
    pages.refresh();
    await settled(pages);
    expect(pages.failure).toBeNull();
    await walkTo(pages, 899);
    expect(pages.at(899)?.id).toBe(900);
  });
});

describe('the slots of rows', () => {
  it('are kept by what stays, and taken over by what comes from what left', () => {
    const first = assignSlots(new Map(), [0, 1, 2, 3]);
    const next = assignSlots(first, [2, 3, 4, 5]);
    expect(next.get(2)).toBe(first.get(2));
    expect(new Set(next.values())).toEqual(new Set([0, 1, 2, 3]));
    expect([...next.values()].length).toBe(new Set(next.values()).size);
  });

  it('leave the row with the focus in its own, wherever one scrolls', () => {
    let slots = assignSlots(new Map(), [0, 1, 2, 3]);
    const held = slots.get(1);
    for (let from = 10; from < 100; from += 7) slots = assignSlots(slots, [1, from, from + 1, from + 2]);
    expect(slots.get(1)).toBe(held);
  });
});
