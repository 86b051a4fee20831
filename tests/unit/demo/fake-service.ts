import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';

interface Stored {
  verificationId: number;
  idFileName: string;
  selfieFileName: string;
  tags: { name: string; value: string }[];
}

export interface FakeService {
  url: string;
  records: Stored[];
  /** Puts records of other senders there. */
  add(tags: Record<string, string>[]): void;
  /** From now on, answers 500 and stores nothing once so many more were stored. */
  failAfter(count: number): void;
  close(): Promise<void>;
}

const tagObject = z.record(z.string(), z.string());

/** List and submission of the verification contract, in memory, measuring nothing: the double of what seeding talks to. */
export async function startFakeService(key: string): Promise<FakeService> {
  const records: Stored[] = [];
  let left = Number.POSITIVE_INFINITY;
  const store = (tags: Record<string, string>, idFileName = 'a.jpg', selfieFileName = 'b.jpg') => {
    const pairs = Object.entries(tags).map(([name, value]) => ({ name, value }));
    records.push({ verificationId: records.length + 1, idFileName, selfieFileName, tags: pairs });
    return records.at(-1);
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.headers['x-api-key'] !== key) return send(401, { statusCode: 401, error: 'Unauthorized', message: 'Unauthorized' });
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'GET') {
      const offset = Number(searchParams.get('offset'));
      const data = records.slice(offset, offset + Number(searchParams.get('limit')));
      return send(200, { totalCount: records.length, count: data.length, data });
    }
    const form = await formOf(request);
    const [id, selfie] = [form.get('idFile'), form.get('selfieFile')];
    if (!(id instanceof File) || !(selfie instanceof File) || id.size === 0 || selfie.size === 0) return send(400, { statusCode: 400 });
    if (left === 0) return send(500, { statusCode: 500 });
    left -= 1;
    return send(200, { result: store(tagObject.parse(JSON.parse(String(form.get('tags')))), id.name, selfie.name) });
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    records,
    add: (tags) => {
      for (const one of tags) store(one);
    },
    failAfter: (count) => {
      left = count;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function formOf(request: IncomingMessage): Promise<FormData> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(new Uint8Array(chunk));
  const body = Buffer.concat(chunks);
  return new Response(new Uint8Array(body), { headers: { 'content-type': request.headers['content-type'] ?? '' } }).formData();
}
