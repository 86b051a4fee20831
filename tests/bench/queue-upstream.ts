// A verification API that lists failed records which nobody has seen before, each with two photographs of its own.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import sample from '../fixtures/upstream/sample.json' with { type: 'json' };

export interface QueueUpstream {
  url: string;
  key: string;
  stop(): Promise<void>;
}

/** Starts it with so many records, numbered upwards from `from`. */
export async function startQueueUpstream(from: number, count: number): Promise<QueueUpstream> {
  const picture = await photograph();
  const records = Array.from({ length: count }, (_, index) => recordOf(from + index, index, picture.length));
  const server = createServer((incoming, answer) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://upstream');
    if (pathname.startsWith('/v1/files/')) {
      answer.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': picture.length }).end(picture);
      return;
    }
    const id = /^\/v1\/verification\/(\d+)$/.exec(pathname)?.[1];
    const record = id === undefined ? undefined : records[Number(id) - from];
    const offset = Number(searchParams.get('offset'));
    const sorted = searchParams.get('direction') === 'desc' ? records.toReversed() : records;
    const page = sorted.slice(offset, offset + Number(searchParams.get('limit')));
    const body = id === undefined ? { totalCount: count, count: page.length, data: page } : { result: record };
    answer.writeHead(id !== undefined && !record ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
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

function recordOf(id: number, place: number, fileSize: number): object {
  // As many bytes as are served: others are not the file, and are never shown.
  const files = sample.result.files.map((file) => ({ ...file, url: file.url.replaceAll('_5_', `_${id}_`), fileSize }));
  return { ...sample.result, verificationId: id, verified: false, timestamp: 1_700_000_000 + place, files };
}

/** Noise, so that it weighs what a phone's photograph of this size weighs. */
function photograph(): Promise<Buffer> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 30 };
  return sharp({ create: { width: 1200, height: 1600, channels: 3, background: '#000', noise } })
    .jpeg({ quality: 80 })
    .toBuffer();
}
