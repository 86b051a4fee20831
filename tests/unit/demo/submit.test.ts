import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scenarios } from '@/lib/cli/demo/scenario';
import { seedDemo } from '@/lib/cli/demo/submit';
import { type FakeService, startFakeService } from './fake-service';

const KEY = 'a key for tests';
const list = scenarios().slice(0, 4);
const numbers = list.map(({ number }) => String(number));

let service: FakeService;
beforeEach(async () => {
  service = await startFakeService(KEY);
});
afterEach(() => service.close());

const demoNumbers = () =>
  service.records.map(({ tags }) => tags.find(({ name }) => name === 'demo')?.value ?? '').sort((a, b) => Number(a) - Number(b));

describe('seedDemo', { timeout: 60_000 }, () => {
  it('sends every scenario once, with both pictures, their names and their tags', async () => {
    expect(await seedDemo({ url: service.url, key: KEY, list })).toEqual({ total: 4, sent: 4 });
    expect(demoNumbers()).toEqual(numbers);
    const first = service.records.find(({ tags }) => tags.some(({ name, value }) => name === 'demo' && value === '1'));
    expect(first).toMatchObject({ idFileName: list[0]?.id.fileName, selfieFileName: list[0]?.selfie.fileName });
    expect(Object.fromEntries(first?.tags.map(({ name, value }) => [name, value]) ?? [])).toEqual(list[0]?.tags);
  });

  it('sends nothing the second time', async () => {
    await seedDemo({ url: service.url, key: KEY, list });
    const progress: number[] = [];
    expect(await seedDemo({ url: service.url, key: KEY, list, onProgress: ({ done }) => progress.push(done) })).toEqual({
      total: 4,
      sent: 0,
    });
    expect(service.records).toHaveLength(4);
    expect(progress).toEqual([4]);
  });

  it('goes on where an interrupted run stopped, beside records that are not its own and over more than one page', async () => {
    service.add(Array.from({ length: 130 }, (_, index) => ({ customerId: String(index) })));
    service.failAfter(1);
    await expect(seedDemo({ url: service.url, key: KEY, list })).rejects.toThrow(/answered 500/);
    const stored = service.records.length - 130;
    expect(stored).toBeLessThan(4);
    service.failAfter(Number.POSITIVE_INFINITY);
    expect(await seedDemo({ url: service.url, key: KEY, list })).toEqual({ total: 4, sent: 4 - stored });
    expect(demoNumbers().filter((number) => number !== '')).toEqual(numbers);
  });

  it('says what the service refused in one sentence, without the key', async () => {
    const refused = seedDemo({ url: service.url, key: 'a wrong key', list });
    await expect(refused).rejects.toThrow('The verification API answered 401 to the list.');
    await expect(refused).rejects.not.toThrow(/wrong key/);
  });
});
