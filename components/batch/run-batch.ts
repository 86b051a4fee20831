import * as z from 'zod/mini';
import { BATCH_VERBS, type BatchResult } from '@/lib/domain/desk-input';
import { type Answered, ask } from '../review/post';

const answered = z.object({
  batch: z.object({
    id: z.string(),
    verb: z.enum(BATCH_VERBS),
    detail: z.string(),
    query: z.nullable(z.string()),
    byName: z.string(),
    at: z.number(),
    succeeded: z.array(z.int()),
    refused: z.array(z.object({ id: z.int(), code: z.string(), message: z.string() })),
    truncated: z.int(),
  }),
});

/** What is done to many cases at once, and to which: named one by one, or whatever a search finds. */
export type BatchRequest = (
  | { verb: 'claim' | 'release' }
  | { verb: 'assign'; assigneeId: string | null }
  | { verb: 'escalate'; reason: string }
) &
  ({ ids: number[] } | { query: string });

/** Does it. The same key again answers the first result again, so that a lost answer is asked for anew and nothing done twice. */
export async function runBatch(request: BatchRequest, key: string): Promise<Answered<BatchResult>> {
  const result = await ask('POST', '/api/batches', answered, { body: request, headers: { 'idempotency-key': key } });
  return result.ok ? { ok: true, value: result.value.batch } : result;
}
