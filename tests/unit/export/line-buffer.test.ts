import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvText } from '@/lib/export/csv';
import { LineBuffer } from '@/lib/export/line-buffer';

const HOSTILE = [
  '=1',
  '+1',
  '-1',
  '@A1',
  '\t=1',
  '\r1',
  '\n1',
  "'1",
  '＝1',
  '＋1',
  '－1',
  '＠1',
  '！1',
  '"',
  '\\',
  '',
  '\u2028é\u{1F9D1}\u0001\u007f',
];
const text = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary' }).map((given) => given.replace(/\p{Surrogate}/gu, '')),
);

/** What a buffer holds after `write` got the text within other bytes. */
function written(given: string, write: (out: LineBuffer, from: Buffer, start: number, end: number) => void): string {
  const out = new LineBuffer();
  const from = Buffer.from(`ab${given}cd`);
  write(out, from, 2, from.length - 2);
  return out.take()?.toString() ?? '';
}

test('a string and a cell are in bytes what they are in text, whatever the text', () => {
  fc.assert(
    fc.property(text, (given) => {
      expect(written(given, (out, from, start, end) => out.json(from, start, end))).toBe(JSON.stringify(given));
      expect(written(given, (out, from, start, end) => out.cell(from, start, end))).toBe(csvText(given));
    }),
    { numRuns: 500 },
  );
});

test('bytes are written in hex, numbers whole, and moments as the chain’s format has them', () => {
  const eight = (value: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(value);
    return bytes;
  };
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 64 }),
      fc.maxSafeNat(),
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') }),
      (bytes, number, moment) => {
        const out = new LineBuffer();
        out.hex(bytes, 0, bytes.length);
        out.text(' ');
        out.whole(eight(BigInt(number)), 0);
        out.text(' ');
        out.moment(eight(BigInt(moment.getTime() - Date.UTC(2000, 0, 1)) * 1000n), 0);
        expect(out.take()?.toString()).toBe(`${Buffer.from(bytes).toString('hex')} ${number} ${moment.toISOString()}`);
      },
    ),
    { numRuns: 500 },
  );
});

test('what does not fit makes it larger, and it is full once there is enough to be written', () => {
  const out = new LineBuffer();
  const large = Buffer.alloc(600_000, '"');
  out.text('begins ');
  expect(out.isFull()).toBe(false);
  out.json(large, 0, large.length);
  expect(out.isFull()).toBe(true);
  expect(out.take()?.toString()).toBe(`begins "${'\\"'.repeat(large.length)}"`);
  expect(out.take()).toBeNull();
});
