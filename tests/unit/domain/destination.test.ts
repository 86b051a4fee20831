import { expect, test } from 'vitest';
import { destinationsOf } from '@/lib/domain/destination';

const hrefs = (text: string) => destinationsOf(text).map(({ href }) => href);

test('a number is a case first and a customer second', () => {
  expect(destinationsOf(' 10482 ').map(({ label }) => label)).toEqual(['Verification 10482', 'Verifications with customerId = 10482']);
});

test('several ids pasted from a sheet are that many cases, each once', () => {
  expect(hrefs('7, 8;9\n7')).toEqual(['/verifications/7', '/verifications/8', '/verifications/9']);
});

test('an address leads to its case, whoever wrote it', () => {
  expect(hrefs('https://review.example.com/verifications/51?sortBy=verified')).toEqual(['/verifications/51']);
  expect(hrefs('https://api.example.com/v1/verification/51')).toEqual(['/verifications/51']);
});

test('name=value is a tag, split at the first equals sign', () => {
  expect(new URL(`http://x${hrefs('note=a=b')[0]}`).searchParams.get('tagFilter')).toBe('note=a=b');
});

test('words mean nothing of their own: they only search the actions', () => {
  expect(destinationsOf('hide the overlay')).toEqual([]);
  expect(destinationsOf('  ')).toEqual([]);
});
