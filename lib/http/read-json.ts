import * as z from 'zod/mini';
import { Refusal } from '@/lib/domain/refusal';

const BYTES_MAX = 64 * 1024;

/**
 * The body of a write, read as JSON and through its schema. Throws a Refusal `unsupported-type`, `too-large`,
 * `bad-request` when it is no JSON, or `unprocessable` with the first field that does not fit.
 */
export async function readJson<Value>(request: Request, schema: z.core.$ZodType<Value>, bytesMax = BYTES_MAX): Promise<Value> {
  const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new Refusal('unsupported-type', 'Send the body as application/json.');
  const parsed = z.safeParse(schema, parse(await readText(request, bytesMax)));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const stray = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = stray ?? issue?.path.join('.');
  throw new Refusal(
    'unprocessable',
    stray ? `There is no field ${stray}.` : (issue?.message ?? 'The body does not fit.'),
    field ? { field } : {},
  );
}

async function readText(request: Request, bytesMax: number): Promise<string> {
  const tooLarge = () => new Refusal('too-large', `Keep the body under ${bytesMax} bytes.`);
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) throw tooLarge();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > bytesMax) throw tooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('bad-request', 'The body is not JSON.');
  }
}
