import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type ApiRecord, idsOf, list } from './records';
import { call, found, shapeOf } from './service';
import { AWKWARD } from './setup';

let records: ApiRecord[];

beforeAll(async () => {
  records = (await list({ limit: '100', offset: '0', sortBy: 'verificationId', direction: 'desc' })).data;
});

const simple = () => records.flatMap(({ tags }) => tags).find(({ name, value }) => /^\w+$/.test(name) && /^\w+$/.test(value));

/** Answers of a raw query: how many it counts, or what it says. */
async function countOf(query: string): Promise<string> {
  const response = await call(`/v1/verification?limit=100&${query}`);
  if (!response.ok) return shapeOf(response);
  const { totalCount, data } = await response.json();
  return `${totalCount ?? data?.length} records`;
}

describe('the tag filter', () => {
  it('answers the records with the tag, all of them and no other', async ({ skip }) => {
    const tag = simple();
    if (!tag) return skip('no record has a plain tag');
    const page = await list({ tagFilter: `${tag.name}=${tag.value}`, limit: '100', sortBy: 'verificationId', direction: 'desc' });
    const has = ({ tags }: ApiRecord) => tags.some(({ name, value }) => name === tag.name && value === tag.value);
    expect(page.data.every(has)).toBe(true);
    const expected = records.filter(has).map(({ verificationId }) => verificationId);
    expect(idsOf(page)).toEqual(expect.arrayContaining(expected.slice(0, page.data.length)));
    if (page.totalCount !== undefined) expect(page.totalCount).toBeGreaterThanOrEqual(page.data.length);
  });

  it('finds nothing for a tag nobody has', async () => {
    expect((await list({ tagFilter: `nobody-${crypto.randomUUID()}=1` })).data).toEqual([]);
  });

  it('is asked for its grammar', async ({ skip }) => {
    const tag = simple();
    if (!tag) return skip('no record has a plain tag');
    const { name, value } = tag;
    const plain = `${name}=${value}`;
    found('tagFilter, plain', await countOf(`tagFilter=${plain}`));
    found('tagFilter with %3D for =', await countOf(`tagFilter=${encodeURIComponent(plain)}`));
    found('tagFilter twice, the second nobody has', await countOf(`tagFilter=${plain}&tagFilter=nobody%3D1`));
    found('tagFilter with a comma, the second nobody has', await countOf(`tagFilter=${plain},nobody=1`));
    found('tagFilter with blanks around =', await countOf(`tagFilter=${name}%20=%20${value}`));
    found('tagFilter in other case', await countOf(`tagFilter=${name.toUpperCase()}=${value}`));
    found('tagFilter with the beginning of a value', await countOf(`tagFilter=${name}=${value.slice(0, 1)}`));
    found('tagFilter with a name only', await countOf(`tagFilter=${name}`));
    found('tagFilter with an empty value', await countOf(`tagFilter=${name}=`));
    found('tagFilter that is empty', await countOf('tagFilter='));
  });

  it('is asked for a value that holds =, a comma, a blank, +, %2B, & and an accent', async () => {
    const posted = inject('posted');
    if (!posted) return found('tagFilter, value with = , + % &', 'not asked: it takes a record made with --write');
    const ofRun = await list({ tagFilter: `run=${posted.run}` });
    expect(ofRun.data).toHaveLength(2);
    const { data } = await list({
      tagFilter: `${AWKWARD.name}=${AWKWARD.value}`,
      limit: '100',
      sortBy: 'verificationId',
      direction: 'desc',
    });
    const arrived = data.some(({ tags }) => tags.some(({ name, value }) => name === 'run' && value === posted.run));
    found('tagFilter, value with = , + % &', arrived ? 'found when URL-encoded whole' : 'not found when URL-encoded whole');
  });
});
