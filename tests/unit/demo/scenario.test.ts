import { describe, expect, it } from 'vitest';
import { cardOf } from '@/lib/cli/demo/cast';
import { Studio } from '@/lib/cli/demo/draw-scenario';
import { scenarios } from '@/lib/cli/demo/scenario';

const all = scenarios();
const count = <T>(items: readonly T[]): Map<T, number> => {
  const counted = new Map<T, number>();
  for (const item of items) counted.set(item, (counted.get(item) ?? 0) + 1);
  return counted;
};

describe('scenarios', () => {
  it('are at least 130, numbered from 1 without a gap, and the same each time', () => {
    expect(all.length).toBeGreaterThanOrEqual(130);
    expect(all.map(({ number }) => number)).toEqual(all.map((_, index) => index + 1));
    expect(scenarios()).toEqual(all);
  });

  it('stage every way to fail at least three times, and more than half are plain matches', () => {
    const kinds = count(all.map(({ kind }) => kind));
    for (const kind of [
      'mismatch',
      'no-face-on-id',
      'no-face-on-selfie',
      'several-faces',
      'small',
      'rotated',
      'spoof',
      'low-quality',
    ] as const) {
      expect(kinds.get(kind), kind).toBeGreaterThanOrEqual(3);
    }
    expect(kinds.get('match')).toBeGreaterThan(all.length / 2);
  });

  it('come from 12 customers, some with far more than others, 9999 among them', () => {
    const customers = count(all.map(({ tags }) => tags.customerId));
    expect(customers.size).toBe(12);
    expect(customers.has('9999')).toBe(true);
    const sizes = [...customers.values()].sort((a, b) => b - a);
    expect(sizes[0]).toBeGreaterThan(4 * (sizes.at(-1) ?? 0));
  });

  it('send only tags an integrator would send: how a record was staged is not among them', () => {
    const names = new Set(all.flatMap(({ tags }) => Object.keys(tags)));
    expect([...names].sort()).toEqual(['attempt', 'channel', 'country', 'customerId', 'demo']);
    const kinds = new RegExp([...count(all.map(({ kind }) => kind)).keys()].join('|'));
    for (const { id, selfie, tags } of all) expect(`${id.fileName} ${selfie.fileName} ${Object.values(tags).join(' ')}`).not.toMatch(kinds);
  });

  it('keep the customer, channel and country of a person, and count their attempts', () => {
    const seen = new Map<number, { own: (string | undefined)[]; attempts: number }>();
    for (const { id, tags } of all) {
      const before = seen.get(id.holder);
      expect(tags.attempt).toBe(before ? String(before.attempts + 1) : undefined);
      const own = [tags.customerId, tags.channel, tags.country];
      if (before) expect(own).toEqual(before.own);
      seen.set(id.holder, { own, attempts: (before?.attempts ?? 0) + 1 });
    }
  });

  it('use JPEG, PNG and WebP for both pictures, JPEG with every turned EXIF orientation, and names with spaces and other scripts', () => {
    for (const side of ['id', 'selfie'] as const)
      expect(new Set(all.map((scenario) => scenario[side].storage.format))).toEqual(new Set(['jpeg', 'png', 'webp']));
    const orientations = new Set(all.flatMap(({ id, selfie }) => [id.storage.orientation, selfie.storage.orientation]));
    for (const orientation of [3, 6, 8] as const) expect(orientations).toContain(orientation);
    const names = all.flatMap(({ id, selfie }) => [id.fileName, selfie.fileName]);
    expect(names.some((name) => name.includes(' '))).toBe(true);
    expect(names.some((name) => /[^\p{Script=Latin}\p{Script=Common}]/u.test(name))).toBe(true);
    for (const name of ['passport.jpg', 'selfie.jpg']) expect(names).toContain(name);
  });

  it('print one card for one person: names, dates and number never change', () => {
    expect(cardOf(16)).toEqual(cardOf(16));
    expect(() => cardOf(123_456)).toThrow('Nobody in the cast has the seed 123456.');
  });
});

describe('Studio', { timeout: 60_000 }, () => {
  it('draws a scenario to the same bytes in another run', async () => {
    const scenario = all.find(({ kind }) => kind === 'spoof');
    if (!scenario) throw new Error('There is no spoof.');
    const draw = async () => {
      const studio = new Studio();
      const [id, selfie] = [await studio.id(scenario), await studio.selfie(scenario)];
      return Buffer.concat([id.bytes, selfie.bytes]);
    };
    expect((await draw()).equals(await draw())).toBe(true);
  });
});
