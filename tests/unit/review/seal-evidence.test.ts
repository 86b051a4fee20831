import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { openEvidence, sealEvidence } from '@/lib/review/seal-evidence';

const key = randomBytes(32);
const bytes = randomBytes(5000);
const about = { name: 'v_id_5_passport.jpg', sha256: createHash('sha256').update(bytes).digest('hex') };

test('a kept copy opens to the very bytes, under its key and name alone', () => {
  const kept = sealEvidence(bytes, about, key);
  expect(Buffer.from(openEvidence(kept, about, key)).equals(bytes)).toBe(true);
  expect(Buffer.from(kept.sealed).includes(bytes.subarray(0, 32))).toBe(false);
  expect(() => openEvidence(kept, about, randomBytes(32))).toThrow();
  expect(() => openEvidence(kept, { ...about, name: 'v_id_6_passport.jpg' }, key)).toThrow();
  const changed = { ...kept, sealed: kept.sealed.map((byte, index) => (index === 9 ? byte ^ 1 : byte)) };
  expect(() => openEvidence(changed, about, key)).toThrow();
});
