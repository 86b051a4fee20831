import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface SeenRequest {
  url: string;
  headers: IncomingMessage['headers'];
}

/** A verification service that answers as the test tells it to, and remembers what it was asked. */
export interface HostileUpstream {
  url: string;
  requests: SeenRequest[];
  answerWith(answer: Answer): void;
  close(): Promise<void>;
}

/** Starts the service on a free local port; until told otherwise it answers 500. */
export async function startHostileUpstream(): Promise<HostileUpstream> {
  let current: Answer = answers.status(500);
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', headers: request.headers });
    current(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    answerWith(answer) {
      current = answer;
      requests.length = 0;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const CONTRACT_ERROR = (statusCode: number) => JSON.stringify({ statusCode, error: 'Refused', message: 'secret-of-the-upstream' });

/** Every way of answering the tests need, right and wrong. */
export const answers = {
  json:
    (body: unknown, contentType = 'application/json'): Answer =>
    (_request, response) =>
      response.writeHead(200, { 'content-type': contentType }).end(JSON.stringify(body)),
  text:
    (body: string, contentType = 'application/json'): Answer =>
    (_request, response) =>
      response.writeHead(200, { 'content-type': contentType }).end(body),
  status:
    (status: number, headers: Record<string, string> = {}): Answer =>
    (_request, response) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(CONTRACT_ERROR(status)),
  html: ((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><h1>Bad gateway</h1>')) satisfies Answer,
  /** Promises more bytes than it sends, then hangs up. */
  cutOff: ((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
    response.write('{"totalCount":1,"data":[', () => response.destroy());
  }) satisfies Answer,
  /** Hangs up before a status. */
  hangUp: ((request) => request.socket.destroy()) satisfies Answer,
  /** Never says a word. */
  silence: (() => undefined) satisfies Answer,
  /** Sends the head and the beginning of a body, then nothing more. */
  silenceWithin: ((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"totalCount":1,');
  }) satisfies Answer,
  /** Sends a blank now and then, for ever. */
  drip: ((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 40);
    response.on('close', () => clearInterval(timer));
  }) satisfies Answer,
  /** Announces more than anybody should hold in memory. */
  huge: ((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(64 * 1024 * 1024) }).write('{');
  }) satisfies Answer,
  /** A file, whole or in part, as a well-behaved service serves it. */
  file:
    (bytes: Buffer, contentType: string, { ignoreRange = false } = {}): Answer =>
    (request, response) => {
      const etag = '"one"';
      if (request.headers['if-none-match'] === etag) return response.writeHead(304, { etag }).end();
      const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
      if (!range || ignoreRange) {
        const head = { 'content-type': contentType, 'content-length': bytes.length, etag, 'accept-ranges': 'bytes' };
        return response.writeHead(200, head).end(bytes);
      }
      const from = Number(range[1]);
      if (from >= bytes.length) return response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
      const to = Math.min(range[2] ? Number(range[2]) : bytes.length - 1, bytes.length - 1);
      const part = bytes.subarray(from, to + 1);
      const head = { 'content-type': contentType, 'content-length': part.length, etag };
      return response.writeHead(206, { ...head, 'content-range': `bytes ${from}-${to}/${bytes.length}` }).end(part);
    },
};
