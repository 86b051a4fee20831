import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordUpstream {
  url: string;
  /** How often a record was asked for. */
  asked(): number;
  close(): Promise<void>;
}

/** The smallest upstream: answers `GET /v1/verification/{id}` from a list of records, 404 for every other number, 503 where it is to be away. */
export async function startRecordUpstream(recordOf: (id: number) => object | null | 'away'): Promise<RecordUpstream> {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    const id = /^\/v1\/verification\/(\d+)$/.exec(request.url ?? '')?.[1];
    const record = id === undefined ? null : recordOf(Number(id));
    if (record === 'away') {
      response.writeHead(503).end();
      return;
    }
    response.writeHead(record ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(record ? { result: record } : { statusCode: 404, error: 'Not Found', message: 'Not Found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked: () => asked,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
