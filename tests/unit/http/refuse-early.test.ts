import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refuseEarly } from '@/lib/http/refuse-early';

let server: Server;
let seen: string[];

beforeAll(async () => {
  refuseEarly();
  seen = [];
  server = createServer((request, response) => {
    seen.push(request.method ?? '');
    response.end('handled');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => server.close());

/** Everything the server sends back on a connection of its own. */
function answerTo(method: string, target = '/verifications'): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(`${method} ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  return text(socket);
}

describe('a method the console does not know', () => {
  it.each(['TRACE', 'PROPFIND', 'LOCK', 'PURGE', 'M-SEARCH', 'SUBSCRIBE', 'LINK'])(
    'is a 405 before anything else sees it: %s',
    async (method) => {
      const answer = await answerTo(method);
      expect(answer).toMatch(/^HTTP\/1\.1 405 /);
      expect(answer).toContain('"code":"method-not-allowed"');
      expect(answer).toMatch(/allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS/i);
      expect(seen).toEqual([]);
    },
  );

  it('is a 405 as a tunnel too, and a 400 where it is no method at all; the others go on', async () => {
    expect(await answerTo('CONNECT', 'elsewhere.example:443')).toMatch(/^HTTP\/1\.1 405 /);
    expect(await answerTo('NONSENSE')).toMatch(/^HTTP\/1\.1 400 /);
    expect(seen).toEqual([]);
    expect(await answerTo('GET')).toContain('handled');
    expect(await answerTo('DELETE')).toContain('handled');
    expect(seen).toEqual(['GET', 'DELETE']);
  });
});

it.each(['/verifications/%E0%A4%A', '/api/files/%', '/batches/%zz?from=1', '/%C3'])(
  'a path nobody can decode is a 400: %s',
  async (target) => {
    seen = [];
    const answer = await answerTo('GET', target);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"code":"bad-request"');
    expect(seen).toEqual([]);
    expect(await answerTo('GET', '/verifications/%C3%A4?q=%E0%A4%A')).toContain('handled');
  },
);
