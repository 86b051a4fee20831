import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { CARD, drawCard, GHOST_WIDTH } from '@/lib/cli/demo/card';
import { cardOf } from '@/lib/cli/demo/cast';
import { machineReadable } from '@/lib/cli/demo/machine-readable';
import { photographCard } from '@/lib/cli/demo/photograph';
import { drawPortrait } from '@/lib/cli/demo/portrait';
import { storePicture } from '@/lib/cli/demo/store-picture';

let portrait: Buffer;
let card: Buffer;
beforeAll(async () => {
  portrait = await drawPortrait(16, { width: 393, height: 504, faceShare: 0.6 });
  card = await drawCard({ ...cardOf(16), portrait });
});

/** Mean brightness of a region of a picture, as shown. */
async function brightness(picture: Buffer, region: { left: number; top: number; width: number; height: number }): Promise<number> {
  const upright = await sharp(picture).autoOrient().flatten().png().toBuffer();
  const { channels } = await sharp(await sharp(upright).extract(region).png().toBuffer()).stats();
  return channels.reduce((sum, channel) => sum + channel.mean, 0) / channels.length;
}

describe('drawCard', () => {
  it('is the same on every machine: its letters are paths and need no fonts', async () => {
    expect((await drawCard({ ...cardOf(16), portrait })).equals(card)).toBe(true);
    const otherName = await drawCard({ ...cardOf(16), surname: 'Other', portrait });
    expect(otherName.equals(card)).toBe(false);
  });

  it('prints a ghost portrait wide enough for the detector', async () => {
    const ghost = { left: 812, top: 236, width: GHOST_WIDTH, height: 180 };
    const without = await drawCard({ ...cardOf(16), portrait, ghost: false });
    expect(GHOST_WIDTH).toBeGreaterThanOrEqual(130);
    expect(await brightness(card, ghost)).toBeLessThan((await brightness(without, ghost)) - 20);
  });

  it('says SPECIMEN in its machine-readable lines and folds accents to the letters they allow', () => {
    const lines = machineReadable({ ...cardOf(16), surname: 'Müller-Łoś', givenNames: 'Élodie' });
    expect(lines[0]).toContain('SPECIMEN');
    for (const line of lines) expect(line).toMatch(/^[A-Z0-9<]{44}$/);
  });
});

describe('storePicture', () => {
  const header = { left: 200, top: 0, width: 600, height: 60 };

  it.each([1, 3, 6, 8] as const)(
    'sets EXIF orientation %i and turns the pixels so that a viewer shows the card upright',
    async (orientation) => {
      const stored = await storePicture(await photographCard(card, 'scan', CARD.width, 1), { format: 'jpeg', orientation });
      const facts = await sharp(stored).metadata();
      expect(facts.orientation ?? 1).toBe(orientation);
      expect(facts.exif).toBeDefined();
      expect(facts.width).toBe(orientation === 6 || orientation === 8 ? CARD.height : CARD.width);
      expect(await brightness(stored, header)).toBeLessThan(150);
    },
  );

  it('turns a picture without saying so when asked', async () => {
    const stored = await storePicture(await photographCard(card, 'scan', CARD.width, 1), { format: 'png', quarterTurns: 1 });
    const facts = await sharp(stored).metadata();
    expect([facts.format, facts.width, facts.height, facts.orientation]).toEqual(['png', CARD.height, CARD.width, undefined]);
  });
});
