import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_QUERY } from '@/lib/domain/grid-query';
import { closeUpstream } from '@/lib/upstream/connection';
import { neighboursOf } from '@/lib/upstream/neighbours';
import { answers, type HostileUpstream, startHostileUpstream } from '../../helpers/hostile-upstream';

let upstream: HostileUpstream;
const all = [90, 80, 70, 60, 50, 40, 30];

beforeAll(async () => {
  upstream = await startHostileUpstream();
  process.env.VERIFICATION_API_URL = upstream.url;
  upstream.answerWith((request, response) => {
    const params = new URL(request.url ?? '', upstream.url).searchParams;
    const offset = Number(params.get('offset'));
    const ids = all.slice(offset, offset + Number(params.get('limit')));
    const data = ids.map((id) => (id === 50 ? { verificationId: 'broken' } : { verificationId: id }));
    answers.json({ totalCount: all.length, count: ids.length, data })(request, response);
  });
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
});

const query = (offset: number) => ({ ...DEFAULT_QUERY, limit: 3, offset });

describe('neighboursOf', () => {
  it('finds both on the page without asking for more', async () => {
    upstream.requests.length = 0;
    expect(await neighboursOf(query(0), 80)).toEqual({
      previous: { id: 90, offset: 0 },
      next: { id: 70, offset: 0 },
      position: 2,
      total: 7,
    });
    expect(upstream.requests).toHaveLength(1);
  });

  it('looks one record over either edge and names the page it is on', async () => {
    expect(await neighboursOf(query(0), 70)).toMatchObject({ next: { id: 60, offset: 3 }, position: 3 });
    expect(await neighboursOf(query(3), 60)).toMatchObject({ previous: { id: 70, offset: 0 } });
    expect(await neighboursOf(query(6), 30)).toEqual({ previous: { id: 40, offset: 3 }, next: null, position: 7, total: 7 });
    expect(await neighboursOf(query(0), 90)).toMatchObject({ previous: null });
  });

  it('steps over a record that cannot be read', async () => {
    expect(await neighboursOf(query(3), 60)).toMatchObject({ next: { id: 40, offset: 3 } });
  });

  it('says so when the record is no longer on the page', async () => {
    expect(await neighboursOf(query(0), 12)).toEqual({ previous: null, next: null, position: null, total: 7 });
  });
});
