import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawPortrait } from '@/lib/cli/demo/portrait';

describe('drawPortrait', () => {
  it('draws the same bytes for the same seed and options', async () => {
    const options = { width: 240, height: 320, background: 'garden', turn: 6, smile: 0.6 } as const;
    expect((await drawPortrait(16, options)).equals(await drawPortrait(16, options))).toBe(true);
  });

  it('draws somebody else for another seed, and the same person elsewhere for other options', async () => {
    const size = { width: 200, height: 200 };
    const [one, other, turned] = await Promise.all([drawPortrait(4, size), drawPortrait(30, size), drawPortrait(4, { ...size, turn: 15 })]);
    expect(one.equals(other)).toBe(false);
    expect(one.equals(turned)).toBe(false);
  });

  it('answers a picture of the size asked for, in colour and neither black nor blown out', async () => {
    const picture = sharp(await drawPortrait(8, { width: 360, height: 480, background: 'room' }));
    const [facts, stats] = await Promise.all([picture.metadata(), picture.stats()]);
    expect(facts).toMatchObject({ format: 'jpeg', width: 360, height: 480, channels: 3 });
    for (const channel of stats.channels) {
      expect(channel.mean).toBeGreaterThan(60);
      expect(channel.mean).toBeLessThan(225);
      expect(channel.stdev).toBeGreaterThan(20);
    }
  });
});
