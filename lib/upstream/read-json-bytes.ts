import { env } from '@/lib/env';
import { discard, type UpstreamResponse } from './connection';
import { parseTolerantly } from './parse-tolerantly';
import { garbled, refuseFailure, tooSlow, unreadable } from './refuse';

/** A hundred records of a verbose upstream are far below this; more is a fault or an attack. */
const BYTES_MAX = 32 * 1024 * 1024;

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');
const OPENING = '{'.charCodeAt(0);
const CLOSING = '}'.charCodeAt(0);

/**
 * Resolves to the body of an answer that must be a JSON object, whole and unparsed, without a byte order mark. Only its two ends are
 * looked at: enough to tell a web page or a cut-off text from an answer, at no cost for a long one. Throws a Refusal `upstream-timeout`
 * when the body hangs or drips, a GarbledAnswer when it begins as JSON and does not end so or is too long, else `upstream-unreadable`.
 */
export async function readJsonBytes(response: UpstreamResponse): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(response.headers['content-length'] ?? 0);
  if ((response.statusCode !== 200 && response.statusCode !== 201) || announced > BYTES_MAX) {
    discard(response);
    throw announced > BYTES_MAX ? garbled('too-long') : unreadable();
  }
  const collected = await collect(response).catch((failure: unknown) => refuseFailure(failure, 'within the answer'));
  const bytes = BYTE_ORDER_MARK.equals(collected.subarray(0, BYTE_ORDER_MARK.length))
    ? collected.subarray(BYTE_ORDER_MARK.length)
    : collected;
  if (firstOf(bytes) !== OPENING) throw unreadable();
  if (lastOf(bytes) !== CLOSING) throw garbled();
  return bytes;
}

/** The bytes as JSON, read as `parseTolerantly` reads it. Throws a GarbledAnswer when they are none. */
export function parseJsonBytes(bytes: Uint8Array): unknown {
  try {
    return parseTolerantly(new TextDecoder().decode(bytes)).value;
  } catch {
    throw garbled();
  }
}

async function collect({ body }: UpstreamResponse): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // The connection's own limit is for silence; this one is for an answer that drips for ever.
  const deadline = Date.now() + env().UPSTREAM_TIMEOUT_MS;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > BYTES_MAX) throw garbled('too-long');
    if (Date.now() > deadline) throw tooSlow();
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

const isBlank = (byte: number | undefined) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

function firstOf(bytes: Uint8Array): number | undefined {
  let at = 0;
  while (at < bytes.length && isBlank(bytes[at])) at += 1;
  return bytes[at];
}

function lastOf(bytes: Uint8Array): number | undefined {
  let at = bytes.length - 1;
  while (at >= 0 && isBlank(bytes[at])) at -= 1;
  return bytes[at];
}
