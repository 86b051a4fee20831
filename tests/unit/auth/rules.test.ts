import { beforeAll, describe, expect, it } from 'vitest';
import { callbackPath, LANDING_PATH, signInPath } from '@/lib/auth/callback-path';
import { FailuresByAddress, lockSeconds } from '@/lib/auth/lock-out';
import { originOf } from '@/lib/auth/origin';
import { checkPassword, hashPassword, passwordMatches } from '@/lib/auth/passwords';

describe('callbackPath', () => {
  it.each(['/verifications/5?sortBy=timestamp#faces', '/', '/verifications?tagFilter=a%3Db'])('leads back to %s', (path) => {
    expect(callbackPath(path)).toBe(path);
  });

  it.each([
    null,
    '',
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '/sign-in',
    '/sign-in?callbackUrl=/x',
    '/api/auth/signout',
    '/.//evil.example',
  ])('never leads to %j', (given) => {
    expect(callbackPath(given)).toBe(LANDING_PATH);
  });

  it('is carried by the sign-in page', () => {
    expect(signInPath('/verifications/5?a=b')).toBe('/sign-in?callbackUrl=%2Fverifications%2F5%3Fa%3Db');
    expect(signInPath(LANDING_PATH)).toBe('/sign-in');
  });
});

describe('lockSeconds', () => {
  it('locks from the fifth wrong password on, 30 s at first, doubling up to a quarter of an hour', () => {
    expect([1, 4, 5, 6, 7, 8, 9, 10, 50].map(lockSeconds)).toEqual([0, 0, 30, 60, 120, 240, 480, 900, 900]);
  });
});

describe('FailuresByAddress', () => {
  it('blocks an address after fifty failures within ten minutes, and no other', () => {
    const failures = new FailuresByAddress();
    for (let count = 0; count < 50; count += 1) {
      expect(failures.isBlocked('192.0.2.1', 0)).toBe(false);
      failures.count('192.0.2.1', 0);
    }
    expect(failures.isBlocked('192.0.2.1', 599_999)).toBe(true);
    expect(failures.isBlocked('192.0.2.2', 0)).toBe(false);
    expect(failures.isBlocked('192.0.2.1', 600_000)).toBe(false);
    const told = Array.from({ length: 1000 }, () => failures.countBlocked('192.0.2.1')).filter((times) => times !== null);
    expect(told).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512]);
  });
});

describe('passwords', () => {
  beforeAll(() => {
    process.env.PASSWORD_COST = '10';
  });

  it('must have 15 characters and at most the 72 bytes bcrypt reads', () => {
    const refusal = expect.objectContaining({ code: 'unprocessable', field: 'password' });
    expect(() => checkPassword('a'.repeat(14))).toThrowError(refusal);
    expect(() => checkPassword('a'.repeat(15))).not.toThrow();
    expect(() => checkPassword('😀'.repeat(14))).toThrowError(refusal);
    expect(() => checkPassword('a'.repeat(73))).toThrowError(refusal);
    expect(() => checkPassword('é'.repeat(37))).toThrowError(refusal);
  });

  it('match only themselves, and nothing matches where there is none', async () => {
    const long = 'a'.repeat(72);
    const stored = await hashPassword(long);
    expect(await passwordMatches(long, stored)).toBe(true);
    expect(await passwordMatches(`${long}b`, stored)).toBe(false);
    expect(await passwordMatches('a'.repeat(71), stored)).toBe(false);
    expect(await passwordMatches(long, null)).toBe(false);
  });
});

describe('originOf', () => {
  it('takes the address the nearest proxy saw, and no control characters', () => {
    const headers = new Headers({ 'x-forwarded-for': '203.0.113.9, 192.0.2.1', 'user-agent': `a\u0085b${'c'.repeat(500)}` });
    const origin = originOf(headers, 'request-1');
    expect(origin).toMatchObject({ requestId: 'request-1', ip: '192.0.2.1' });
    expect(origin.userAgent).toMatch(/^abc+$/);
    expect(origin.userAgent?.length).toBeLessThanOrEqual(300);
    expect(originOf(new Headers(), 'request-2')).toEqual({ requestId: 'request-2', ip: null, userAgent: null });
  });
});
