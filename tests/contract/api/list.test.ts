import { beforeAll, describe, expect, it } from 'vitest';
import { WIRE_SORT_FIELDS } from '@/lib/wire/list';
import { type ApiRecord, idsOf, list, type Page, record } from './records';
import { call, found, shapeOf } from './service';

let newest: Page;

beforeAll(async () => {
  newest = await list({ limit: '25', offset: '0', sortBy: 'verificationId', direction: 'desc' });
});

const compareText = {
  'by code point': (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0),
  'as people sort': (a: string, b: string) => a.localeCompare(b, 'en'),
  'ignoring case': (a: string, b: string) => compareText['by code point'](a.toLowerCase(), b.toLowerCase()),
};

describe('the list', () => {
  it('answers records as the field reference describes them, each once', () => {
    expect(newest.data.length).toBeLessThanOrEqual(25);
    expect(new Set(idsOf(newest)).size).toBe(newest.data.length);
    const [first] = newest.data;
    if (!first) found('Records to look at', 'none; most points stay open');
    else found('Members beyond the field reference', beyond(first));
  });

  it('keeps to limit and offset', async () => {
    const pages = await Promise.all(['0', '2'].map((offset) => list({ limit: '2', offset, sortBy: 'verificationId', direction: 'desc' })));
    expect(pages.flatMap(idsOf)).toEqual(idsOf(newest).slice(0, 4));
  });

  it('is asked for its counts', async () => {
    const { totalCount, count, data } = newest;
    const saysCount = count === undefined ? 'no count' : `count ${count} for ${data.length} records`;
    found('totalCount and count', `${totalCount === undefined ? 'no totalCount' : `totalCount ${totalCount}`}, ${saysCount}`);
    const beyondEnd = await call('/v1/verification?limit=5&offset=100000000&sortBy=verificationId&direction=desc');
    if (!beyondEnd.ok) return found('Offset beyond the end', await shapeOf(beyondEnd));
    const { data: none, totalCount: still } = await beyondEnd.json();
    found('Offset beyond the end', `200 with ${none?.length} records, totalCount ${still}`);
  });

  it.each(WIRE_SORT_FIELDS)('sorts by %s, both ways', async (field) => {
    const orders = new Set(Object.keys(compareText));
    for (const direction of ['asc', 'desc'] as const) {
      const { data } = await list({ limit: '50', offset: '0', sortBy: field, direction });
      const values = data.map((one) => one[field]).filter((value) => value !== undefined);
      const ordered = direction === 'asc' ? values : values.toReversed();
      for (const [name, compare] of Object.entries(compareText)) {
        const text = ordered.every((value, at) => at === 0 || compare(String(ordered[at - 1]), String(value)) <= 0);
        const fits =
          typeof values[0] === 'string' ? text : ordered.every((value, at) => at === 0 || Number(ordered[at - 1]) <= Number(value));
        if (!fits) orders.delete(name);
      }
    }
    expect([...orders], `${field} is in no order known here`).not.toEqual([]);
    if (field === 'idFileName')
      found('Order of file names', orders.size > 1 ? `fits ${[...orders].join(' and ')}` : ([...orders][0] ?? ''));
  });

  it('is asked for its defaults', async () => {
    const { data } = await list({});
    const ids = data.map(({ verificationId }) => verificationId);
    const is = (sorted: number[]) => ids.every((id, at) => id === sorted[at]);
    const order = is(ids.toSorted((a, b) => b - a)) ? 'verificationId desc' : is(ids.toSorted((a, b) => a - b)) ? 'asc' : 'another order';
    found('Order when nothing is asked for', ids.length < 2 ? 'too few records to tell' : order);
    found('Records when no limit is given', `${ids.length} of ${newest.totalCount ?? 'an unknown total'}`);
    const { data: undirected } = await list({ sortBy: 'verificationId', limit: '5' });
    const [first, second] = undirected.map(({ verificationId }) => verificationId);
    const direction = first === undefined || second === undefined ? 'too few records to tell' : first < second ? 'asc' : 'desc';
    found('Direction when only sortBy is given', direction);
  });

  it.each(['limit=101', 'limit=0', 'limit=-1', 'limit=ten', 'offset=-1', 'sortBy=nothing', 'direction=up', 'unknown=1'])(
    'is asked what it makes of %s',
    async (query) => {
      const response = await call(`/v1/verification?${query}`);
      expect(response.status).toBeLessThan(500);
      const taken = async () => `taken, ${(await response.json()).data?.length} records`;
      found(`?${query}`, response.ok ? await taken() : await shapeOf(response));
    },
  );

  it('is asked whether pages hold together where many records are equal', async () => {
    const size = Math.max(1, Math.min(25, Math.floor((newest.totalCount ?? newest.data.length) / 3)));
    const walk = async () => {
      const ids: number[] = [];
      for (let n = 0; n < 4; n += 1) {
        ids.push(...idsOf(await list({ limit: String(size), offset: String(n * size), sortBy: 'verified', direction: 'desc' })));
      }
      return ids;
    };
    const once = await walk();
    const again = await walk();
    const repeated = once.length - new Set(once).size;
    const same = once.every((id, at) => id === again[at]);
    const steady = same ? 'the same order when asked again' : 'another order when asked again';
    found(
      'Pages under equal sort keys',
      `${repeated === 0 ? 'no record twice' : `${repeated} records twice`} in ${once.length}, ${steady}`,
    );
    const { data } = await list({ limit: '25', offset: '0', sortBy: 'verified', direction: 'desc' });
    found('Order among equals (verified, desc)', tieOrder(data));
  });

  it('is asked for one record by its id', async () => {
    const [first] = newest.data;
    if (!first) return;
    const response = await call(`/v1/verification/${first.verificationId}`);
    if (!response.ok) return found('GET of one record', await shapeOf(response));
    const body = await response.json();
    const parsed = record.safeParse(body.result);
    const equal = parsed.success && parsed.data.verificationId === first.verificationId;
    found('GET of one record', `{ ${Object.keys(body).join(', ')} }${equal ? ', the record of the list' : ', not the record of the list'}`);
  });
});

function beyond(one: ApiRecord): string {
  const known = new Set([...Object.keys(record.shape)]);
  return (
    Object.keys(one)
      .filter((name) => !known.has(name))
      .join(', ') || 'none'
  );
}

function tieOrder(data: ApiRecord[]): string {
  const steps = data.flatMap((one, at) => {
    const next = data[at + 1];
    return next && next.verified === one.verified ? [Math.sign(next.verificationId - one.verificationId)] : [];
  });
  if (steps.length === 0) return 'no equals among the first 25';
  return steps.every((step) => step > 0)
    ? 'verificationId asc'
    : steps.every((step) => step < 0)
      ? 'verificationId desc'
      : 'none that shows';
}
