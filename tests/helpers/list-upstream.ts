import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sample from '../fixtures/upstream/sample.json';

type Sample = (typeof sample)['result'];

/** What goes wrong with one answer. `entries` may put the page's entries in another order, double or drop some. */
export type Fault =
  | { kind: 'status'; status: number; headers?: Record<string, string> }
  | { kind: 'truncated' }
  | { kind: 'entries'; change: (entries: unknown[]) => unknown[] };

/** A verification service over a set of records that may change between two requests. */
export interface ListUpstream {
  url: string;
  /** The records by number; what stands here is what the list says. A value that is no record is listed as it is. */
  records: Map<number, unknown>;
  /** Called before each answer; it may change the set, and answers what goes wrong with this one. */
  beforeAnswer: (path: string) => Fault | null;
  /** Records given at most in one page, whatever was asked for. */
  limitMax: number;
  /** Paths asked for so far, with their queries. */
  paths: string[];
  close(): Promise<void>;
}

/** Starts it on a free local port, without records and without faults. */
export async function startListUpstream(): Promise<ListUpstream> {
  const upstream: ListUpstream = {
    url: '',
    records: new Map(),
    beforeAnswer: () => null,
    limitMax: 100,
    paths: [],
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  const server = createServer((request, response) => answer(upstream, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  upstream.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return upstream;
}

/** A record of this number like the vendor's sample, in all that `more` does not say otherwise. */
export function recordOf(id: number, more: Partial<Record<keyof Sample, unknown>> = {}): Record<string, unknown> {
  return { ...sample.result, verificationId: id, timestamp: 1_700_000_000 + id, ...more };
}

function answer(upstream: ListUpstream, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://upstream');
  upstream.paths.push(url.pathname + url.search);
  const fault = upstream.beforeAnswer(url.pathname);
  if (fault?.kind === 'status') {
    response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers }).end('{"message":"no"}');
    return;
  }
  const id = /^\/v1\/verification\/(\d+)$/.exec(url.pathname)?.[1];
  const record = id === undefined ? undefined : upstream.records.get(Number(id));
  if (id !== undefined && record === undefined) {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"statusCode":404}');
    return;
  }
  const change = fault?.kind === 'entries' ? fault.change : (entries: unknown[]) => entries;
  const text = JSON.stringify(id === undefined ? pageOf(upstream, url.searchParams, change) : { result: record });
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(fault?.kind === 'truncated' ? text.slice(0, text.length / 2) : text);
}

function pageOf({ records, limitMax }: ListUpstream, query: URLSearchParams, change: (entries: unknown[]) => unknown[]): object {
  const ids = [...records.keys()].sort((a, b) => a - b);
  if (query.get('direction') === 'desc') ids.reverse();
  const offset = Number(query.get('offset'));
  const page = ids.slice(offset, offset + Math.min(Number(query.get('limit')), limitMax));
  const data = change(page.map((id) => records.get(id)));
  return { totalCount: records.size, count: data.length, data };
}
