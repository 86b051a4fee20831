import { randomUUID } from 'node:crypto';
import { type IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type ErrorBody, REFUSAL_STATUS, Refusal } from '@/lib/domain/refusal';

/** The methods that Next understands; it fails with a 500 at any other. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const kept: { secondLookRefusesEarly?: true } & typeof globalThis = globalThis;

/**
 * Makes every HTTP server of this process answer 405 to methods such as TRACE, CONNECT and PROPFIND, and 400 to a path that is no
 * percent-encoded UTF-8, before anything else sees them. Next offers no place for that: it fails with a 500 ahead of its proxy or beside
 * it. Does nothing the second time.
 */
export function refuseEarly(): void {
  if (kept.secondLookRefusesEarly) return;
  kept.secondLookRefusesEarly = true;
  const emit = Server.prototype.emit;
  Server.prototype.emit = function (this: Server, event: string | symbol, ...given: unknown[]): boolean {
    const [request, response] = given;
    if (event === 'connection' && this.listenerCount('connect') === 0) this.on('connect', refuseTunnel);
    const refusal = event === 'request' ? refusalOf(request) : null;
    if (refusal && response instanceof ServerResponse) {
      response.writeHead(REFUSAL_STATUS[refusal.code], HEADERS).end(bodyOf(refusal));
      return true;
    }
    return Reflect.apply(emit, this, [event, ...given]);
  };
}

const UNKNOWN_METHOD = new Refusal('method-not-allowed', `Use one of ${METHODS.join(', ')}.`);
const UNREADABLE_PATH = new Refusal('bad-request', 'This address is not valid: its path is not percent-encoded UTF-8.');

function refusalOf(request: unknown): Refusal | null {
  if (typeof request !== 'object' || request === null) return null;
  const [method, url]: unknown[] = [Reflect.get(request, 'method'), Reflect.get(request, 'url')];
  if (typeof method === 'string' && !METHODS.includes(method)) return UNKNOWN_METHOD;
  return typeof url === 'string' && !isDecodable(url) ? UNREADABLE_PATH : null;
}

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
}

function refuseTunnel(_request: IncomingMessage, socket: Socket): void {
  const lines = Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}`);
  socket.on('error', () => undefined);
  socket.end(['HTTP/1.1 405 Method Not Allowed', ...lines, '', bodyOf(UNKNOWN_METHOD)].join('\r\n'));
}

const HEADERS = {
  allow: METHODS.join(', '),
  'content-type': 'application/json',
  'cache-control': 'private, no-store',
  connection: 'close',
};

function bodyOf({ code, message }: Refusal): string {
  const error: ErrorBody = { error: { code, message, requestId: randomUUID() } };
  return JSON.stringify(error);
}
