import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import bothShapes from '../fixtures/upstream/both-shapes.json';
import brokenFaces from '../fixtures/upstream/broken-faces.json';
import oddFields from '../fixtures/upstream/odd-fields.json';
import sample from '../fixtures/upstream/sample.json';

type Sample = (typeof sample)['result'];

/** What goes wrong with one answer. `entries` may put the page's entries in another order, double or drop some. */
export type Fault =
  | { kind: 'status'; status: number; headers?: Record<string, string> }
  | { kind: 'truncated' }
  /** A page of a proxy where JSON should be. */
  | { kind: 'html' }
  /** Half an answer, and then the line goes dead. */
  | { kind: 'cut' }
  /** Nothing, ever. */
  | { kind: 'hang' }
  /** The answer in Latin-1, in which what is no ASCII is no UTF-8. */
  | { kind: 'latin1' }
  /** The answer behind a byte order mark. */
  | { kind: 'bom' }
  | { kind: 'entries'; change: (entries: unknown[]) => unknown[] };

/** A record as a text that need not be JSON. */
export class RawRecord {
  constructor(readonly text: string) {}
}

/** A verification service over a set of records that may change between two requests. */
export interface ListUpstream {
  url: string;
  /** The records by number; what stands here is what the list says. A value that is no record is listed as it is, a RawRecord as its text. */
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

/** A record of this number in one of the shapes records come in, by its number: the two shapes of checks, milliseconds, null geometry, odd fields. */
export function anyRecordOf(id: number, more: Partial<Record<keyof Sample, unknown>> = {}): Record<string, unknown> {
  const shape = SHAPES[id % SHAPES.length] ?? sample.result;
  const timestamp = id % 2 === 0 ? 1_700_000_000 + id : (1_700_000_000 + id) * 1000;
  return { ...shape, verificationId: id, timestamp, ...more };
}

const SHAPES: object[] = [sample.result, bothShapes.result, brokenFaces.result, oddFields.result, { verificationId: 0 }];

function answer(upstream: ListUpstream, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://upstream');
  upstream.paths.push(url.pathname + url.search);
  const fault = upstream.beforeAnswer(url.pathname);
  if (fault?.kind === 'status') {
    response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers }).end('{"message":"no"}');
    return;
  }
  if (fault?.kind === 'hang') return;
  if (fault?.kind === 'html') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>');
    return;
  }
  const id = /^\/v1\/verification\/(\d+)$/.exec(url.pathname)?.[1];
  const record = id === undefined ? undefined : upstream.records.get(Number(id));
  if (id !== undefined && record === undefined) {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"statusCode":404}');
    return;
  }
  const change = fault?.kind === 'entries' ? fault.change : (entries: unknown[]) => entries;
  const answered = id === undefined ? pageOf(upstream, url.searchParams, change) : `{"result":${jsonOf(record)}}`;
  const text = fault?.kind === 'bom' ? `\uFEFF${answered}` : answered;
  response.writeHead(200, { 'content-type': 'application/json', ...(fault?.kind === 'cut' && { 'content-length': text.length * 2 }) });
  if (fault?.kind === 'cut') response.write(text.slice(0, text.length / 2), () => response.destroy());
  else response.end(fault?.kind === 'truncated' ? text.slice(0, text.length / 2) : text, fault?.kind === 'latin1' ? 'latin1' : 'utf8');
}

function pageOf({ records, limitMax }: ListUpstream, query: URLSearchParams, change: (entries: unknown[]) => unknown[]): string {
  const ids = [...records.keys()].sort((a, b) => a - b);
  if (query.get('direction') === 'desc') ids.reverse();
  const offset = Number(query.get('offset'));
  const page = ids.slice(offset, offset + Math.min(Number(query.get('limit')), limitMax));
  const data = change(page.map((id) => records.get(id)));
  return `{"totalCount":${records.size},"count":${data.length},"data":[${data.map(jsonOf).join(',')}]}`;
}

function jsonOf(record: unknown): string {
  return record instanceof RawRecord ? record.text : JSON.stringify(record);
}
