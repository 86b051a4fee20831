import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { ask, send } from '@/components/api/client';

afterEach(() => vi.unstubAllGlobals());

const keyed = { body: {}, headers: { 'idempotency-key': 'k' } };
const messageOf = async (asking: Promise<{ ok: boolean; message?: string }>) => (await asking).message;

describe('a request without an answer', () => {
  it('is told with what is true for its verb: a key, a repetition that changes nothing, a look before it is repeated', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch');
    });
    expect(await messageOf(ask('GET', '/api/x', z.unknown()))).toBe('No answer came back. Try again.');
    expect(await messageOf(send('POST', '/api/x', keyed))).toBe(
      'No answer came back, so this may be stored already. What you entered is kept; send it again: it counts once.',
    );
    expect(await messageOf(send('PUT', '/api/x'))).toBe(
      'No answer came back, so this may be done already. Try again: doing it twice changes nothing.',
    );
    expect(await messageOf(send('POST', '/api/x'))).toBe(
      'No answer came back, so this may be done already. Reload the page to see before you repeat it.',
    );
    expect(await messageOf(send('POST', '/api/x', { advice: 'Undo again.' }))).toBe('No answer came back. Undo again.');
  });

  it('is also one that failed or met no database: it may have been stored, so its key is kept', async () => {
    vi.stubGlobal('fetch', async () => Response.json({ error: { code: 'internal', message: 'x', requestId: 'r' } }, { status: 500 }));
    expect(await send('POST', '/api/x', keyed)).toMatchObject({
      code: 'no-answer',
      message: expect.stringMatching(/^The server failed \(HTTP 500\), so /),
    });
    const body = { error: { code: 'database-unavailable', message: 'x', requestId: 'r' } };
    vi.stubGlobal('fetch', async () => Response.json(body, { status: 503 }));
    expect(await send('POST', '/api/x', keyed)).toMatchObject({
      code: 'no-answer',
      message: expect.stringMatching(/^The database of the console does not answer, so this may be stored already\./),
    });
  });

  it('that was refused keeps the server’s own sentence', async () => {
    vi.stubGlobal('fetch', async () => Response.json({ error: { code: 'stale', message: 'Reload.', requestId: 'r' } }, { status: 409 }));
    expect(await send('POST', '/api/x', keyed)).toMatchObject({ code: 'stale', message: 'Reload.' });
  });
});
