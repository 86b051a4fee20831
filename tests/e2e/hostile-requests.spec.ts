import { connect } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { APIRequestContext } from '@playwright/test';
import { sourceFiles } from '../helpers/imports';
import { expect, signedInState, test } from './fixtures';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every parameter a page reads, and some it does not. */
const NAMES =
  'from to cursor limit offset sortBy direction tagFilter tag q ids id customerId view queue blind done callbackUrl error switch state seq verification day source peek'.split(
    ' ',
  );
const VALUES = [
  '',
  '-999999999999999',
  '0000-01-01',
  '1e999',
  '\u0000',
  '\u202e\ufffe',
  '=',
  '[]',
  '//evil.example',
  'WyJ4Il0',
  'x'.repeat(6000),
];
const PARTS = ['0', '-1', '9007199254740993', '99999999999999999999999', 'NaN', '%00', '%E0%A4%A', '%2e%2e', "';--", 'x'.repeat(2000)];

/** The addresses of all pages, hostile in their path where they have one. */
function pages(): string[] {
  const files = sourceFiles(root, ['app']).filter((file) => path.basename(file) === 'page.tsx');
  const addresses = files.map((file) =>
    `/${path.dirname(file)}/`
      .replace(/^\/app/, '')
      .replace(/\/\([^)]*\)/g, '')
      .replace(/(.)\/$/, '$1'),
  );
  return addresses.flatMap((address) => (address.includes('[') ? PARTS.map((part) => address.replace(/\[\w+\]/, part)) : [address]));
}

async function faultsOf(request: APIRequestContext, address: string): Promise<string[]> {
  const answer = await request.get(address, { maxRedirects: 0, headers: { 'sec-fetch-dest': 'document' } });
  const body = await answer.text();
  const elsewhere =
    new URL(answer.headers().location ?? '/', 'http://here.invalid').host !== 'here.invalid' &&
    !answer.headers().location?.startsWith('http://localhost');
  // A page that breaks once its first bytes are out is still a 200; Next then leaves the number of the fault in it.
  const isBroken = answer.status() >= 500 || /This page broke|data-dgst|"digest":"\d+"/.test(body);
  return isBroken || elsewhere ? [`${answer.status()} ${address.slice(0, 120)}${elsewhere ? ` -> ${answer.headers().location}` : ''}`] : [];
}

/** What the server sends back to a method no client of ours would use. */
function answerTo(method: string, address: string): Promise<string> {
  const url = new URL(address);
  const socket = connect(Number(url.port), url.hostname);
  const target = method === 'CONNECT' ? url.host : url.pathname;
  socket.write(`${method} ${target} HTTP/1.1\r\nHost: ${url.host}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  return text(socket);
}

test('no page breaks at what nobody should send, and no address leads to another site', async ({ playwright, baseURL }) => {
  test.setTimeout(5 * 60_000);
  const faults: string[] = [];
  for (const role of ['manager', 'admin'] as const) {
    const request = await playwright.request.newContext({ baseURL, storageState: signedInState(role) });
    for (const address of pages()) {
      if (address === '/change-password' || role === 'manager' || !/verifications|queue|batches/.test(address))
        for (const value of VALUES)
          faults.push(...(await faultsOf(request, `${address}?${new URLSearchParams(NAMES.map((name) => [name, value]))}`)));
    }
    await request.dispose();
  }
  expect(faults).toEqual([]);
});

test.describe('a stranger', () => {
  // Also for requests made without a page: a sign-out under somebody's session would end it for every later test.
  test.use({ role: null });

  test('a method the console does not know is a 405, and an address to lead to after signing in stays here', async ({
    baseURL,
    playwright,
  }) => {
    for (const method of ['TRACE', 'PROPFIND', 'CONNECT'])
      for (const place of ['/verifications', '/api/verifications', '/sign-in'])
        expect(await answerTo(method, `${baseURL}${place}`), `${method} ${place}`).toMatch(/^HTTP\/1\.1 405 /);
    const stranger = await playwright.request.newContext({ ...(baseURL && { baseURL }) });
    const { csrfToken } = await (await stranger.get('/api/auth/csrf')).json();
    for (const callbackUrl of [
      'https://evil.example/',
      '//evil.example',
      'http://localhost@evil.example/',
      'javascript:alert(1)',
      'http://',
    ]) {
      const answer = await stranger.post('/api/auth/signout', { form: { csrfToken, callbackUrl, json: 'true' }, maxRedirects: 0 });
      expect(answer.status(), callbackUrl).toBeLessThan(500);
      const { url = '' } = await answer.json();
      if (answer.ok()) expect(new URL(url).origin, callbackUrl).toBe(baseURL);
    }
    await stranger.dispose();
  });
});
