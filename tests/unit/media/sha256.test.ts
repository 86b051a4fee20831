import { createHash, randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { sha256, sha256Hex } from '@/components/media/sha256';

test('the hash of bytes of every length around a block is that of Node, with and without the browser’s own', async () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 100_003]) {
    const bytes = randomBytes(length);
    const expected = createHash('sha256').update(bytes).digest('hex');
    expect(Buffer.from(sha256(bytes)).toString('hex')).toBe(expected);
    const buffer = new Uint8Array(bytes).buffer;
    expect(await sha256Hex(buffer)).toBe(expected);
    vi.stubGlobal('crypto', {});
    expect(await sha256Hex(buffer)).toBe(expected);
    vi.unstubAllGlobals();
  }
});
