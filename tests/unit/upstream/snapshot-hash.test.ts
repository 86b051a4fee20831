import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { snapshotHash } from '@/lib/upstream/snapshot-hash';

/** The rule, written plainly. */
function plainHash(record: unknown): string {
  return createHash('sha256').update(written(record)).digest('hex');
}

function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${written(member)}`)}}`;
}

it('is the sha256 of the JSON with sorted keys, for any record, however often and in whatever order they come', () => {
  const key = fc.constantFrom('a', 'b', 'verified', 'ä', '"', '_', 'B', '😀', '\\');
  const record = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, fc.jsonValue({ maxDepth: 1 }), fc.array(tie('value')), fc.dictionary(key, tie('value'))),
  })).value;
  fc.assert(
    fc.property(record, (value) => {
      expect(snapshotHash(value)).toBe(plainHash(value));
    }),
    { numRuns: 500 },
  );
});
