import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sample from '../fixtures/upstream/sample.json' with { type: 'json' };
import { answers } from './hostile-upstream';

type Side = 'id' | 'face';

/** Bytes of which the second half is sent only when a promise is kept. */
export interface HeldBytes {
  bytes: Buffer;
  until: Promise<unknown>;
  /** Send a byte of it now and then meanwhile, so that nobody takes the service for dead. */
  trickle?: boolean;
}

/** How the service answers for a file: with these bytes, as the record or the moment has it, or with a fault. */
export type FileAnswer = Buffer | HeldBytes | number | 'html' | 'json' | 'silence' | 'cut' | 'chunked-cut';

export interface FileUpstream {
  url: string;
  /** The name of a file of a case. */
  nameOf(id: number, side: Side): string;
  /** Sets what the service answers for a file from now on. */
  answer(id: number, side: Side, answer: FileAnswer): void;
  /** Sets what the record of a case states about a file. */
  state(id: number, side: Side, stated: { fileSize?: number | null; contentType?: string }): void;
  /** How often a file was read from its first byte. */
  reads(id: number, side: Side): number;
  close(): Promise<void>;
}

/** Bytes of a JPEG as far as anybody looks here, all of one letter. */
export function jpegOf(letter: string, size = 4_000): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(size - 6, letter), Buffer.from([0xff, 0xd9])]);
}

/** Bytes of an MP4 clip as far as anybody looks here, all of one letter but for its last. */
export function clipOf(letter: string, size: number, last = letter): Buffer {
  const bytes = Buffer.alloc(size, letter);
  bytes.write('\0\0\0\x18ftypisom', 0, 'latin1');
  bytes.write(last, size - 1);
  return bytes;
}

/** A verification service with a record for every number, whose files change, shrink, vanish or turn into web pages as a test tells it. */
export async function startFileUpstream(): Promise<FileUpstream> {
  const files = new Map<string, FileAnswer>();
  const stated = new Map<string, { fileSize?: number | null; contentType?: string }>();
  const reads = new Map<string, number>();
  const nameOf = (id: number, side: Side) => `v_${side}_${id}_${side === 'id' ? 'passport' : 'selfie'}.jpg`;
  const recordOf = (id: number) => ({
    ...sample.result,
    verificationId: id,
    verified: false,
    files: sample.result.files.map(({ category, ...file }) => {
      const name = nameOf(id, category === 'id' ? 'id' : 'face');
      const known = files.get(name);
      const bytes = typeof known === 'object' && 'until' in known ? known.bytes : known;
      const size = Buffer.isBuffer(bytes) ? bytes.length : null;
      return { ...file, category, url: `https://api.example.com/v1/files/${name}`, fileSize: size, ...stated.get(name) };
    }),
  });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://upstream');
    const id = /^\/v1\/verification\/(\d+)$/.exec(pathname)?.[1];
    if (id !== undefined) return answers.json({ result: recordOf(Number(id)) })(request, response);
    const name = /^\/v1\/files\/([^/]+)$/.exec(pathname)?.[1] ?? '';
    if (!/^bytes=[1-9]/.test(request.headers.range ?? '')) reads.set(name, (reads.get(name) ?? 0) + 1);
    const answer = files.get(name) ?? 404;
    const type = stated.get(name)?.contentType ?? 'image/jpeg';
    if (Buffer.isBuffer(answer)) return answers.file(answer, type)(request, response);
    if (typeof answer === 'object') return hold(answer, type, response);
    return fault(answer, type, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    nameOf,
    answer: (id, side, answer) => void files.set(nameOf(id, side), answer),
    state: (id, side, what) => void stated.set(nameOf(id, side), { ...stated.get(nameOf(id, side)), ...what }),
    reads: (id, side) => reads.get(nameOf(id, side)) ?? 0,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function hold({ bytes, until, trickle = false }: HeldBytes, type: string, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': type, 'content-length': bytes.length });
  let sent = bytes.length / 2;
  response.write(bytes.subarray(0, sent));
  const timer = trickle ? setInterval(() => response.write(bytes.subarray(sent, ++sent)), 50) : undefined;
  void until.then(() => {
    clearInterval(timer);
    response.end(bytes.subarray(sent));
  });
  response.on('close', () => clearInterval(timer));
}

function fault(answer: Exclude<FileAnswer, Buffer | HeldBytes>, type: string, response: ServerResponse): void {
  if (answer === 'silence') return;
  if (typeof answer === 'number') return void response.writeHead(answer, { 'content-type': 'application/json' }).end('{"message":"no"}');
  if (answer === 'html') return void response.writeHead(200, { 'content-type': type }).end('<!doctype html><h1>Bad gateway</h1>');
  if (answer === 'json') return void response.writeHead(200, { 'content-type': type }).end('{"statusCode":404,"error":"Not Found"}');
  const whole = jpegOf('a');
  const length = answer === 'cut' ? { 'content-length': whole.length } : {};
  response.writeHead(200, { 'content-type': type, ...length });
  response.write(whole.subarray(0, whole.length / 2), () => (answer === 'cut' ? response.destroy() : response.end()));
}
