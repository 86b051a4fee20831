import { randomUUID } from 'node:crypto';
import { type IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type ErrorBody, REFUSAL_STATUS } from '@/lib/domain/refusal';

/** The methods that Next understands; it fails with a 500 at any other. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const CODE = 'method-not-allowed';

const kept: { secondLookRefusesMethods?: true } & typeof globalThis = globalThis;

/**
 * Makes every HTTP server of this process answer 405 to methods such as TRACE, CONNECT and PROPFIND, before anything else sees them.
 * Next offers no place for that: it fails while it makes the request, ahead of its proxy. Does nothing the second time.
 */
export function refuseMethods(): void {
  if (kept.secondLookRefusesMethods) return;
  kept.secondLookRefusesMethods = true;
  const emit = Server.prototype.emit;
  Server.prototype.emit = function (this: Server, event: string | symbol, ...given: unknown[]): boolean {
    const [request, response] = given;
    if (event === 'connection' && this.listenerCount('connect') === 0) this.on('connect', refuseTunnel);
    if (event === 'request' && isRefused(request) && response instanceof ServerResponse) {
      refuse(response);
      return true;
    }
    return Reflect.apply(emit, this, [event, ...given]);
  };
}

function isRefused(request: unknown): boolean {
  const method = typeof request === 'object' && request !== null ? Reflect.get(request, 'method') : null;
  return typeof method === 'string' && !METHODS.includes(method);
}

function refuse(response: ServerResponse): void {
  response.writeHead(REFUSAL_STATUS[CODE], headers()).end(body());
}

function refuseTunnel(_request: IncomingMessage, socket: Socket): void {
  const lines = Object.entries(headers()).map(([name, value]) => `${name}: ${value}`);
  socket.on('error', () => undefined);
  socket.end(['HTTP/1.1 405 Method Not Allowed', ...lines, '', body()].join('\r\n'));
}

const headers = () => ({
  allow: METHODS.join(', '),
  'content-type': 'application/json',
  'cache-control': 'private, no-store',
  connection: 'close',
});

function body(): string {
  const error: ErrorBody = { error: { code: CODE, message: `Use one of ${METHODS.join(', ')}.`, requestId: randomUUID() } };
  return JSON.stringify(error);
}
