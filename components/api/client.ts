import * as z from 'zod/mini';
import { noAnswerSentence } from './no-answer';
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
export async function post(url: string, body: unknown, headers: Record<string, string> = {}, advice?: string): Promise<PostResult> {
  return send('POST', url, { body, headers, ...(advice !== undefined && { advice }) });
}

export interface SendOptions {
  body?: unknown;
  headers?: Record<string, string>;
  /** Go through even when the page is left meanwhile. */
  keepalive?: boolean;
  /** What a person should do when no answer comes back, where the usual sentence is not true for this verb. */
  advice?: string;
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
  { body, headers, keepalive = false, advice }: SendOptions = {},
): Promise<Answered<z.infer<Schema>>> {
  const unanswered = (what?: string): Refused => {
    const isKeyed = headers?.['idempotency-key'] !== undefined;
    return { ok: false, code: 'no-answer', message: noAnswerSentence({ method, isKeyed, advice, ...(what && { what }) }) };
  };
  try {
    const response = await request(url, {
      method,
      keepalive,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (response.ok) return { ok: true, value: answer.parse(response.status === 204 ? null : await response.json()) };
    const refused = refusalIn(await response.json().catch(() => null));
    // A database that went away may have stored the write in its last moment.
    if (refused?.code === 'database-unavailable') return unanswered('The database of the console does not answer');
    if (refused && refused.code !== 'internal') return { ok: false, ...refused };
    return unanswered(`The server failed (HTTP ${response.status})`);
  } catch {
    return unanswered();
  }
}

/** A key no other write bears. Works without TLS too, where `crypto.randomUUID` is missing. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
