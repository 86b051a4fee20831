// A verification API that costs nothing: its answers are rendered once, so that only the console's own work is measured.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import sample from '../fixtures/upstream/sample.json' with { type: 'json' };

export async function startPageUpstream(): Promise<{ url: string; key: string; stop(): Promise<void> }> {
  const pages = new Map([25, 100].map((limit) => [String(limit), pageOf(limit)]));
  const record = Buffer.from(JSON.stringify({ result: { ...sample.result, verificationId: 1 } }));
  const picture = await sharp({ create: { width: 1200, height: 1200, channels: 3, background: '#8899aa' } })
    .jpeg()
    .toBuffer();
  const server = createServer((incoming, answer) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://upstream');
    const isFile = pathname.startsWith('/v1/files/');
    const page = pages.get(searchParams.get('limit') ?? '25') ?? pageOf(1);
    const body = isFile ? picture : pathname.endsWith('/1') ? record : page;
    answer.writeHead(200, { 'content-type': isFile ? 'image/jpeg' : 'application/json', 'content-length': body.length });
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
