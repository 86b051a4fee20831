import { randomUUID } from 'node:crypto';
import type { Actor } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import { NOTHING_SHOWN } from './desk';
import { decide } from './verdicts';

/** How one request was answered. */
export type Answer = { made: string; version: number } | { refused: string };

/** What a deciding process writes for a request that was neither decided nor refused. */
export const FAULT = 'fault';

/** Numbers from 0 to 1, the same at every run. */
export function drawer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/**
 * One reviewer who decides cases of `cases` by lot, each time on the version she saw last; every tenth request is sent twice at once, as
 * an impatient browser does. Tells every answer as it comes. Throws what is neither an answer nor a "no".
 */
export async function decideByLot(
  actor: Actor,
  { cases, requests, seen, draw }: { cases: number; requests: number; seen: Map<number, number>; draw: () => number },
  tell: (answer: Answer) => void,
): Promise<void> {
  for (let n = 0; n < requests; n += 1) {
    const id = 1 + Math.floor(draw() * cases);
    const input = {
      version: seen.get(id) ?? 0,
      outcome: 'DECLINED' as const,
      reasonCodes: ['FACE_MISMATCH' as const],
      rationale: '',
      shown: NOTHING_SHOWN,
    };
    const key = randomUUID();
    const send = () => decide(actor, id, input, key).then(({ decision }) => decision);
    const sent = await Promise.allSettled(n % 10 === 9 ? [send(), send()] : [send()]);
    const made = sent.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    if (new Set(made.map((decision) => decision.id)).size > 1) throw new Error('The same request made two decisions.');
    const [decision] = made;
    if (decision) {
      seen.set(id, Math.max(seen.get(id) ?? 0, decision.version));
      tell({ made: decision.id, version: decision.version });
      continue;
    }
    const [failed] = sent;
    const failure = failed?.status === 'rejected' ? failed.reason : undefined;
    if (!(failure instanceof Refusal)) throw failure;
    const current = failure.details?.current;
    if (typeof current === 'object' && current !== null && 'version' in current) seen.set(id, Number(current.version));
    tell({ refused: failure.code });
  }
}
