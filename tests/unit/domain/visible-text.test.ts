import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactText, hiddenIn, isolatedText, visibleLines, visibleText } from '@/lib/domain/visible-text';

describe('a text from elsewhere', () => {
  test('shows what hides in it, so that it cannot be read as another one', () => {
    expect(visibleText('9999\u202e0001')).toBe('9999[U+202E]0001');
    expect(visibleText('a\u0000b\tc\u200bd\u00ade')).toBe('a[U+0000]b[U+0009]c[U+200B]d[U+00AD]e');
    for (const code of ['200D', '200C', '2800', '3164', '115F', '034F', 'FE0F', '17B4', 'E0001', 'E0061', '1D173'])
      expect(visibleText(`12${String.fromCodePoint(Number.parseInt(code, 16))}34`)).toBe(`12[U+${code}]34`);
  });

  test('keeps every script and emoji as they are', () => {
    for (const text of ['Zoë', 'שלום', 'می‌خواهم', '👩‍👩‍👧', '❤️', '1️⃣', '🏴\u{e0067}\u{e0062}\u{e007f}', 'क्‍ष', '漢字', 'ไทย', ''])
      expect(visibleText(text)).toBe(text);
  });

  test('never turns the direction of the text around it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visibleText(text)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\p{Cc}]/u);
        expect(visibleText(visibleText(text))).toBe(visibleText(text));
      }),
    );
    expect(isolatedText('שלום')).toBe('\u2068שלום\u2069');
    expect(isolatedText('9999')).toBe('9999');
  });

  test('of several lines keeps its lines, and names what hides without them', () => {
    expect(visibleLines('one\n\ttwo\r\n9999\u202e0001')).toBe('one\n\ttwo\r\n9999[U+202E]0001');
    expect(hiddenIn('one\n\ttwo\r\n9999\u202e0001\u0000\u202e')).toEqual(['U+202E', 'U+0000']);
    expect(hiddenIn('plain')).toEqual([]);
  });

  test('that was copied as it is shown is the exact text again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(exactText(visibleText(text))).toBe(text);
      }),
    );
    expect(exactText('a [U+0041] list [U+ZZZZ]')).toBe('a [U+0041] list [U+ZZZZ]');
  });
});
