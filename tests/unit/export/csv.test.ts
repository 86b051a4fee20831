import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine, csvText } from '@/lib/export/csv';

const plain = (cell: string) => cell.slice(1, -1).replaceAll('""', '"');

test('no text begins with what a spreadsheet would run, and taking one apostrophe away gives every text back', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', "'", '＝', '－').chain((sign) => fc.string().map((rest) => sign + rest)),
  );
  const safe = (given: string) => {
    const shown = plain(csvText(given));
    return !/^[=+\-@\t\r\n＝＋－＠]/.test(shown) && (shown.startsWith("'") ? shown.slice(1) : shown) === given;
  };
  expect(fc.check(fc.property(text, safe)).counterexample).toBeNull();
});

test('a line is RFC 4180: quotes doubled, numbers bare, what is absent empty, CRLF at its end', () => {
  expect(csvLine(['a "b", c\n', -0.5, null, true, ''])).toBe('"a ""b"", c\n",-0.5,,true,""\r\n');
});
