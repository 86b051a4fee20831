// A console of its own to be killed: reviewers decide by lot and every acknowledged decision is a line of standard output. Run with the
// settings in its environment and `{ actors, cases, seed }` as its argument.
import { setTimeout as wait } from 'node:timers/promises';

import { z } from 'zod';
import { checkpointNow } from '@/lib/audit/checkpoint-now';
import type { Actor } from '@/lib/domain/actor';
import { ROLES } from '@/lib/domain/roles';
import { type Answer, decideByLot, drawer, FAULT } from './deciding';

const actor = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  sessionId: z.string().nullable(),
  origin: z.object({ requestId: z.string(), ip: z.string().nullable(), userAgent: z.string().nullable() }),
});
const { actors, cases, seed } = z
  .object({ actors: z.array(actor), cases: z.number(), seed: z.number() })
  .parse(JSON.parse(process.argv[2] ?? ''));

const draw = drawer(seed);
const seen = new Map<number, number>();
let signing = false;

function tell(answer: Answer): void {
  if (!('made' in answer)) return;
  process.stdout.write(`${answer.made}\n`);
  if (!signing) void sign();
}

/** Signs as often as it can, so that a kill falls into that too. */
async function sign(): Promise<void> {
  signing = true;
  await checkpointNow().catch(() => null);
  signing = false;
}

async function review(who: Actor): Promise<never> {
  for (;;) {
    try {
      await decideByLot(who, { cases, requests: 1_000, seen, draw }, tell);
    } catch {
      process.stdout.write(`${FAULT}\n`);
      await wait(100);
    }
  }
}

await Promise.all(actors.map(review));
