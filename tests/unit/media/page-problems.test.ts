import { expect, test } from 'vitest';
import { inTime, TooLate } from '@/components/media/in-time';
import { pageProblems } from '@/components/media/page-problems';
import { hearWarnings } from '@/components/media/pdf-warnings';
import { fallbackFontsFor } from '@/lib/domain/fallback-fonts';

test('a warning of a decoder becomes a sentence, and one nobody knows counts as the worst', () => {
  expect(pageProblems([], false)).toEqual([]);
  const missing = expect.stringContaining('Parts of this page could not be drawn.');
  expect(pageProblems(['Unable to decode image "img_p0_1": "JpxError: No size marker"'], false)).toEqual([missing]);
  expect(pageProblems(['Image exceeded maximum allowed size and was removed.'], false)).toEqual([missing]);
  expect(pageProblems(['something new'], false)).toEqual([missing]);
  expect(pageProblems(['TT: undefined function: 32', 'Indexing all PDF objects'], true)).toEqual([
    expect.stringContaining('Some letters may look different'),
    expect.stringContaining('was repaired'),
    expect.stringContaining('other fonts stand in'),
  ]);
});

test('warnings of the reader are heard, what others write to the console stays there', () => {
  const written: unknown[] = [];
  const write = console.warn;
  console.warn = (...words: unknown[]) => void written.push(...words);
  try {
    const [first, second]: string[][] = [[], []];
    const stopFirst = hearWarnings((warning) => first?.push(warning));
    const stopSecond = hearWarnings((warning) => second?.push(warning));
    console.warn('Warning: a stream has no end');
    console.warn('another voice');
    stopFirst();
    console.warn('Warning: again');
    stopSecond();
    console.warn('Warning: nobody listens');
    expect({ first, second, written }).toEqual({
      first: ['a stream has no end'],
      second: ['a stream has no end', 'again'],
      written: ['another voice', 'Warning: nobody listens'],
    });
  } finally {
    console.warn = write;
  }
});

test('fonts stand in for the scripts of a text alone', () => {
  expect(fallbackFontsFor('SPECIMEN Ж')).toEqual([]);
  expect(fallbackFontsFor('护照 여권 passport')).toEqual(['han', 'hangul']);
  expect(fallbackFontsFor('مرحبا שלום ไทย')).toEqual(['arabic', 'hebrew', 'thai']);
});

test('what takes too long is given up, and its work told so', async () => {
  let told: unknown;
  const endless = (signal: AbortSignal) =>
    new Promise<never>(() => {
      signal.addEventListener('abort', () => {
        told = signal.reason;
      });
    });
  await expect(inTime(endless, 1, new AbortController().signal)).rejects.toBeInstanceOf(TooLate);
  expect(told).toBeInstanceOf(TooLate);
  await expect(inTime(endless, 60_000, AbortSignal.abort(new Error('left')))).rejects.toThrow('left');
  await expect(inTime(async () => 'came', 60_000, new AbortController().signal)).resolves.toBe('came');
});
