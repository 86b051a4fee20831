// A verification API whose every page lies ready, in a process of its own: `startSyncUpstream` starts it, and this same file is it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import sample from '../fixtures/upstream/sample.json' with { type: 'json' };

const LIMIT = 100;

export interface SyncUpstream {
  url: string;
  stop(): Promise<void>;
}

/** Serves `count` records on a free local port. Pages a stride of `LIMIT - 1` apart are made before it answers. */
export async function startSyncUpstream(count: number): Promise<SyncUpstream> {
  const file = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, ['--import', 'tsx', file, String(count)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [url] = await once(child, 'message');
  return {
    url: String(url),
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) serve(Number(process.argv[2]));

function serve(count: number): void {
  const pages = new Map<number, Buffer>();
  for (let offset = 0; offset < count; offset += LIMIT - 1) pages.set(offset, pageAt(offset, LIMIT, count));
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://upstream');
    const [offset, limit] = [Number(searchParams.get('offset')), Number(searchParams.get('limit'))];
    const body = (limit === LIMIT && pages.get(offset)) || pageAt(offset, limit, count);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  });
  server.keepAliveTimeout = 60_000;
  process.on('disconnect', () => process.exit());
  server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
}

function pageAt(offset: number, limit: number, count: number): Buffer {
  const length = Math.max(0, Math.min(limit, count - offset));
  const data = Array.from({ length }, (_, index) => recordOf(offset + index + 1));
  return Buffer.from(JSON.stringify({ totalCount: count, count: length, data }));
}

function recordOf(id: number): object {
  const tags = [
    { name: 'customerId', value: String(100_000 + ((id * 7919) % 20_000)) },
    { name: 'country', value: ['DE', 'FR', 'ES', 'IT'][id % 4] },
    { name: 'channel', value: id % 3 === 0 ? 'app' : 'web' },
  ];
  return { ...sample.result, verificationId: id, timestamp: 1_700_000_000 + id * 31, verified: id % 5 !== 0, tags };
}
