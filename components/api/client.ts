import * as z from 'zod/mini';
import { refusalIn, request } from './request';

/** Why a write was not done. `no-answer` means it may have been stored or not; every other code is the server's own "no". */
export interface Refused {
  ok: false;
  code: string;
  message: string;
  field?: string;
  /** Facts about the refusal, in a shape of its code. */
  details?: unknown;
}

export type PostResult = { ok: true } | Refused;
export type Answered<Value> = { ok: true; value: Value } | Refused;

/** Sends JSON to a route of the console and reads its answer or its refusal. Never throws. */
export async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<PostResult> {
  return send('POST', url, { body, headers });
}

export interface SendOptions {
  body?: unknown;
  headers?: Record<string, string>;
  /** Go through even when the page is left meanwhile. */
  keepalive?: boolean;
}

/** Sends a request and checks that it was done; what the answer says is not looked at. Never throws. */
export async function send(method: 'POST' | 'PUT' | 'DELETE', url: string, options: SendOptions = {}): Promise<PostResult> {
  const result = await ask(method, url, z.unknown(), options);
  return result.ok ? { ok: true } : result;
}

/** Sends a request and reads what its answer says. Never throws; an answer of another shape counts as none. */
export async function ask<Schema extends z.ZodMiniType>(
  method: 'POST' | 'PUT' | 'DELETE' | 'GET',
  url: string,
  answer: Schema,
  { body, headers, keepalive = false }: SendOptions = {},
): Promise<Answered<z.infer<Schema>>> {
  try {
    const response = await request(url, {
      method,
      keepalive,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (response.ok) return { ok: true, value: answer.parse(response.status === 204 ? null : await response.json()) };
    const refused = refusalIn(await response.json().catch(() => null));
    if (refused && refused.code !== 'internal') return { ok: false, ...refused };
    return { ok: false, code: 'no-answer', message: `The server failed (HTTP ${response.status}). Your text is kept; send it again.` };
  } catch {
    return { ok: false, code: 'no-answer', message: 'No answer came back. Your text is kept; send it again.' };
  }
}

/** A key no other write bears. Works without TLS too, where `crypto.randomUUID` is missing. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
