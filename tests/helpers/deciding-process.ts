// A console of its own to be killed: reviewers decide by lot and every acknowledged decision is a line of standard output. Run with the
// settings in its environment and `{ actors, cases, seed }` as its argument.

import { z } from 'zod';
import { checkpointNow } from '@/lib/audit/checkpoint-now';
import type { Actor } from '@/lib/domain/actor';
import { ROLES } from '@/lib/domain/roles';
import { decideByLot, drawer } from './deciding';

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
let made = 0;

const reviewer = (who: Actor) =>
  decideByLot(who, { cases, requests: 1_000_000, seen, draw }, (answer) => {
    if (!('made' in answer)) return;
    process.stdout.write(`${answer.made}\n`);
    made += 1;
    if (made % 10 === 0) void checkpointNow().catch(() => {});
  });

await Promise.race(actors.map(reviewer)).catch((failure: unknown) => {
  process.stderr.write(`${failure}\n`);
  process.exit(1);
});
