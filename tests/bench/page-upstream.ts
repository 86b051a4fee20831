// A verification API that costs nothing: its two pages are rendered once, so that only the console's own work is measured.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sample from '../fixtures/upstream/sample.json' with { type: 'json' };

export async function startPageUpstream(): Promise<{ url: string; key: string; stop(): Promise<void> }> {
  const pages = new Map([25, 100].map((limit) => [String(limit), pageOf(limit)]));
  const server = createServer((incoming, answer) => {
    const { searchParams } = new URL(incoming.url ?? '/', 'http://upstream');
    const body = pages.get(searchParams.get('limit') ?? '25') ?? pageOf(1);
    answer.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    answer.end(body);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    key: 'bench',
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function pageOf(limit: number): Buffer {
  const data = Array.from({ length: limit }, (_, index) => ({ ...sample.result, verificationId: index + 1 }));
  return Buffer.from(JSON.stringify({ totalCount: 100_000, count: limit, data }));
}
