import { expect, test } from 'vitest';
import { destinationsOf } from '@/lib/domain/destination';

const ORIGIN = 'https://review.example.com';
const found = (text: string) => destinationsOf(text, ORIGIN).found;
const hrefs = (text: string) => found(text).map(({ href }) => href);

test('a number is a case first and a customer second', () => {
  expect(found(' 10482 ').map(({ label }) => label)).toEqual(['Verification 10482', 'Verifications with customerId = 10482']);
});

test('several ids pasted from a sheet are that many cases, each once', () => {
  expect(hrefs('7, 8;9\n7')).toEqual(['/verifications/7', '/verifications/8', '/verifications/9']);
});

test('an address of this console leads to its case, and one of another says why it does not', () => {
  expect(hrefs('https://review.example.com/verifications/51?sortBy=verified')).toEqual(['/verifications/51']);
  expect(hrefs('/verifications/51?queue=0f8e12ab-1234-4cd5-9e66-120000340056')).toEqual(['/verifications/51']);
  for (const other of ['https://api.example.com/v1/verification/51', 'https://evil.example/verifications/51'])
    expect(destinationsOf(other, ORIGIN)).toMatchObject({
      found: [],
      problem: expect.stringContaining('is not an address of this console'),
    });
});

test('numbers that are not ids say so instead of leading to another case', () => {
  expect(destinationsOf('12, 013', ORIGIN)).toMatchObject({ found: [], problem: expect.stringContaining('“013” begins with a zero') });
  expect(destinationsOf('1,213', ORIGIN).found.map(({ label }) => label)).toEqual(['Verifications with customerId = 1,213']);
});

test('name=value is a tag, split at the first equals sign', () => {
  expect(new URL(`http://x${hrefs('note=a=b')[0]}`).searchParams.get('tagFilter')).toBe('note=a=b');
});

test('words mean nothing of their own: they only search the actions', () => {
  expect(destinationsOf('hide the overlay', ORIGIN)).toEqual({ found: [], problem: null });
  expect(found('  ')).toEqual([]);
});

test('a tag is looked for exactly, also as it is shown, and in the index where the verification API cannot filter by it', () => {
  const hrefOf = (text: string) => found(text)[0]?.href ?? '';
  expect(new URL(hrefOf('customerId = 9999[U+202E]0001'), ORIGIN).searchParams.get('tagFilter')).toBe('customerId=9999\u202e0001');
  expect(hrefOf(`long=${'x'.repeat(700)}`)).toMatch(/^\/verifications\?source=index&tag=long/);
  expect(hrefOf('control = a[U+0000]b')).toBe(`/verifications?source=index&${new URLSearchParams({ tag: 'control=a%EF%BF%BDb' })}`);
});
