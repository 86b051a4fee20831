import { appendFileSync } from 'node:fs';
import * as z from 'zod';

const settings = z.object({
  CONTRACT_URL: z.url(),
  CONTRACT_KEY: z.string(),
  CONTRACT_WRITE: z.enum(['0', '1']),
  CONTRACT_FINDINGS: z.string(),
});
const given = settings.parse(process.env);

/** Origin and path of the server in front of `/v1`. */
const base = given.CONTRACT_URL.replace(/\/+$/, '').replace(/\/v1$/, '');
const PATIENCE_MS = 100_000;

/** Whether the server may be written to. */
export const mayWrite = given.CONTRACT_WRITE === '1';

/** A call with the key; `headers` replace or add. `path` starts with `/v1`. */
export function call(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { 'x-api-key': given.CONTRACT_KEY, ...Object.fromEntries(new Headers(init.headers)) };
  return bare(path, { ...init, headers });
}

/** A call without the key. */
export function bare(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(base + path, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS), ...init });
}

export const key = given.CONTRACT_KEY;
export const origin = new URL(base).origin;

/** Writes down what was found about a point the contract leaves open. */
export function found(point: string, what: string): void {
  appendFileSync(given.CONTRACT_FINDINGS, `${JSON.stringify({ point, found: what.replaceAll(given.CONTRACT_KEY, '(the key)') })}\n`);
}

/** Status and shape of an answer other than success, on one line. */
export async function shapeOf(response: Response): Promise<string> {
  const text = await response.text();
  const type = response.headers.get('content-type')?.split(';', 1)[0] ?? 'no content type';
  try {
    const body: unknown = JSON.parse(text);
    const members = typeof body === 'object' && body !== null ? Object.keys(body).join(', ') : typeof body;
    return `${response.status} { ${members} }`;
  } catch {
    return `${response.status} ${type}, ${text.length} characters that are no JSON`;
  }
}
