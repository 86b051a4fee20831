import * as z from 'zod/mini';

const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string(), field: z.optional(z.string()) }) });

/** How a write went. `no-answer` means it may have been stored or not; every other code is the server's own "no". */
export type PostResult = { ok: true } | { ok: false; code: string; message: string; field?: string };

/** Sends JSON to a route of the console and reads its answer or its refusal. Never throws. */
export async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<PostResult> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    if (response.ok) return { ok: true };
    const refused = errorBody.safeParse(await response.json().catch(() => null));
    if (refused.success && refused.data.error.code !== 'internal') return { ok: false, ...refused.data.error };
    return { ok: false, code: 'no-answer', message: `The server failed (HTTP ${response.status}). Your text is kept; send it again.` };
  } catch {
    return { ok: false, code: 'no-answer', message: 'No answer came back. Your text is kept; send it again.' };
  }
}

/** A key no other write bears. Works without TLS too, where `crypto.randomUUID` is missing. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
