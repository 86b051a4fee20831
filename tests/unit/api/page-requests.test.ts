import { afterEach, beforeEach, expect, test, vi } from 'vitest';

let seen: { address: string; mark: string | null }[] = [];
/** Who the server says is signed in. */
let now: { mark: string; user: { id: string; name: string; role: string } } | null = null;

beforeEach(async () => {
  vi.resetModules();
  seen = [];
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('fetch', async (address: string, init?: RequestInit) => {
    const mark = new Headers(init?.headers).get('x-session');
    seen.push({ address, mark });
    const error = (code: string, details?: unknown) => ({ error: { code, message: 'No.', requestId: 'r', details } });
    if (!now) return Response.json(error('not-signed-in'), { status: 401 });
    if (mark !== now.mark) return Response.json(error('other-session', now), { status: 409 });
    return Response.json({ ok: true });
  });
  const { bindPage } = await import('@/components/api/page-session');
  now = session('s1', 'ana', 'analyst');
  bindPage({ mark: 's1', user: { id: 'ana', name: 'ana', role: 'analyst' } });
});
afterEach(() => vi.unstubAllGlobals());

const session = (mark: string, id: string, role: string) => ({ mark, user: { id, name: id, role } });
const door = () => import('@/components/api/request');
const state = () => import('@/components/api/page-session');

test('every request names the session of the page, also the address of a picture', async () => {
  const { request, markedUrl } = await door();
  expect((await request('/api/thing', { method: 'POST', headers: { accept: 'x' } })).ok).toBe(true);
  expect(seen).toEqual([{ address: '/api/thing', mark: 's1' }]);
  expect(markedUrl('/api/files/a.jpg')).toBe('/api/files/a.jpg?x-session=s1');
});

test('the same person signed in again goes on, and the refused request goes out once more', async () => {
  now = session('s2', 'ana', 'analyst');
  const { request, markedUrl } = await door();
  expect((await request('/api/thing')).ok).toBe(true);
  expect(seen.map(({ mark }) => mark)).toEqual(['s1', 's2']);
  expect((await state()).sessionLoss()).toBeNull();
  expect(markedUrl('/x')).toBe('/x?x-session=s2');
});

test.each([
  ['another person', session('s3', 'ben', 'analyst')],
  ['another role', session('s3', 'ana', 'auditor')],
])('%s ends the page: nothing is sent again, and the page is told who it is', async (_what, next) => {
  now = next;
  const { request } = await door();
  expect((await request('/api/thing')).status).toBe(409);
  expect(seen.map(({ mark }) => mark)).toEqual(['s1']);
  expect((await state()).sessionLoss()).toEqual({ kind: 'other', now: next });
});

test('a page whose owner signed out goes on once the owner is back, and not for somebody else', async () => {
  now = null;
  const { request, checkSession } = await door();
  const { sessionLoss } = await state();
  await request('/api/thing');
  expect(sessionLoss()).toEqual({ kind: 'signed-out' });
  now = session('s4', 'ben', 'manager');
  expect(await checkSession()).toBe(false);
  now = session('s5', 'ana', 'analyst');
  expect(await checkSession()).toBe(true);
  expect(sessionLoss()).toBeNull();
});

test('a part of a page that is refused never arrives, so that the old screen stays', async () => {
  const original = globalThis.fetch;
  const { guardNavigation } = await import('@/components/api/guard-navigation');
  const { sessionLoss } = await state();
  let refuse = false;
  vi.stubGlobal('fetch', (address: string, init?: RequestInit) =>
    new Headers(init?.headers).has('rsc') && refuse
      ? Promise.resolve(new Response(null, { status: 409, headers: { 'x-session-refused': '1' } }))
      : original(address, init),
  );
  guardNavigation();
  expect((await fetch('/verifications', { headers: { rsc: '1' } })).ok).toBe(true);
  expect(seen.at(-1)).toEqual({ address: '/verifications', mark: 's1' });
  [refuse, now] = [true, session('s3', 'ben', 'manager')];
  const arrived = fetch('/verifications/7', { headers: { rsc: '1' } }).then(() => 'arrived');
  await vi.waitFor(() => expect(sessionLoss()?.kind).toBe('other'), { interval: 5 });
  expect(await Promise.race([arrived, Promise.resolve('nothing yet')])).toBe('nothing yet');
});
