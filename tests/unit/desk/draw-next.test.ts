import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drawAhead, drawNext, leaveQueue, releaseAhead, sitDown } from '@/components/desk/draw-next';
import { readQueueSession } from '@/components/desk/queue-session';

/** A server with a queue of cases, and a tab with storage of its own. */
let waiting: number[] = [];
let claimed = new Set<number>();
let lost = new Set<number>();
/** How long a claim lasts, milliseconds. */
let lasts = 600_000;

beforeEach(() => {
  [waiting, claimed, lost, lasts] = [[1, 2, 3, 4, 5], new Set(), new Set(), 600_000];
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  vi.stubGlobal('fetch', async (url: string, { method }: { method: string }) => {
    const id = Number(/\/verifications\/(\d+)\/claim/.exec(url)?.[1]);
    if (url === '/api/queue/next') {
      const next = waiting.shift() ?? null;
      if (next !== null) claimed.add(next);
      return Response.json({ verificationId: next, claim: next === null ? null : { expiresAt: Date.now() + lasts } });
    }
    if (method === 'PUT' && lost.has(id))
      return Response.json({ error: { code: 'claimed', message: 'Ben works on it.' } }, { status: 409 });
    if (method === 'DELETE') {
      claimed.delete(id);
      return new Response(null, { status: 204 });
    }
    return Response.json({ claim: {} });
  });
});
afterEach(() => vi.unstubAllGlobals());

test('two cases are claimed ahead and told, however many ask for them at once', async () => {
  const told: number[] = [];
  await Promise.all([1, 2, 3].map(() => drawAhead('default', (id) => told.push(id))));
  expect(readQueueSession()?.ahead.map(({ id }) => id)).toEqual([1, 2]);
  expect(new Set(told)).toEqual(new Set([1, 2]));
  expect([...claimed]).toEqual([1, 2]);
});

test('the very next case is told apart from the one after it, and again once it has moved up', async () => {
  const told: string[] = [];
  const tell = (id: number, isNext: boolean) => told.push(`${id}${isNext ? ' next' : ''}`);
  await drawAhead('default', tell);
  await drawNext('default');
  told.length = 0;
  await drawAhead('default', tell);
  expect(new Set(told)).toEqual(new Set(['2 next', '3']));
});

test('the next case is the one claimed ahead; one whose claim was about to end and is lost is left to whoever has it', async () => {
  lasts = 30_000;
  await drawAhead('default', () => undefined);
  lost.add(1);
  expect(await drawNext('default')).toMatchObject({ kind: 'case', id: 2 });
  expect(await drawNext('default')).toMatchObject({ kind: 'case', id: 3 });
  waiting = [];
  expect(await drawNext('default')).toEqual({ kind: 'empty' });
});

test('leaving gives back what was claimed ahead, also what arrives after it', async () => {
  await drawAhead('default', () => undefined);
  leaveQueue();
  expect(readQueueSession()).toBeNull();
  await vi.waitFor(() => expect([...claimed]).toEqual([]));
  const filling = drawAhead('default', () => undefined);
  await Promise.resolve();
  leaveQueue();
  await filling;
  await vi.waitFor(() => expect([...claimed]).toEqual([]));
});

test('a reload gives back what was ahead and the sitting goes on; another view ends it', async () => {
  sitDown('default');
  await drawAhead('default', () => undefined);
  releaseAhead();
  expect(readQueueSession()).toEqual({ view: 'default', ahead: [] });
  await drawAhead('default', () => undefined);
  sitDown('default');
  expect(readQueueSession()?.ahead.map(({ id }) => id)).toEqual([3, 4]);
  sitDown('another');
  expect(readQueueSession()).toEqual({ view: 'another', ahead: [] });
  await vi.waitFor(() => expect([...claimed]).toEqual([]));
});
