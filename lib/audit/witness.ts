import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { readPublicKeys } from './checkpoint-files';
import { type Checkpoint, isSignedBy } from './signed-head';
import { signingKey } from './signing-key';
import { checkpointOf } from './stored-checkpoint';

export interface WitnessState {
  /** Without path and query: those may hold a secret. */
  origin: string;
  /** The newest head it took; 0 before the first. */
  seq: number;
  /** Milliseconds since 1970; null before the first. */
  toldAt: number | null;
  /** One sentence while it does not take them. */
  failure: string | null;
  failures: number;
}

const HEADS_A_RUN = 100;
const ANSWER_WITHIN_MS = 10_000;

/** How far the witness was told; null where none is set. */
export async function witnessState(): Promise<WitnessState | null> {
  const url = env().AUDIT_WITNESS_URL;
  if (url === undefined) return null;
  const row = await db().witness.findUnique({ where: { url } });
  const { seq = 0n, toldAt = null, failure = null, failures = 0 } = row ?? {};
  return { origin: new URL(url).origin, seq: Number(seq), toldAt: toldAt?.getTime() ?? null, failure, failures };
}

/**
 * Posts every signed head the witness has not taken yet, oldest first, each as `{ seq, hash, at, keyId, signature, publicKey }`; any
 * 2xx means it took it. Stops at the first it does not take, writes down why, and answers how many failures in a row that makes, 0 when
 * all is told. A head may be posted twice.
 */
export async function tellWitness(signal?: AbortSignal): Promise<number> {
  const url = env().AUDIT_WITNESS_URL;
  if (url === undefined) return 0;
  const { seq: told } = await db().witness.upsert({ where: { url }, create: { url }, update: {} });
  const heads = await db().checkpoint.findMany({
    where: { seq: { gt: told } },
    orderBy: [{ seq: 'asc' }, { at: 'asc' }],
    take: HEADS_A_RUN,
  });
  for (const row of heads) {
    if (signal?.aborted) return 0;
    const failure = await post(url, checkpointOf(row));
    if (failure !== null) {
      const { failures } = await db().witness.update({ where: { url }, data: { failure, failures: { increment: 1 } } });
      return failures;
    }
    await db().witness.update({ where: { url }, data: { seq: row.seq, toldAt: new Date(), failure: null, failures: 0 } });
  }
  return 0;
}

/** Posts a head with the key that signed it, whichever key is in use now. Returns why it was not taken, as one sentence; null when it was. */
async function post(url: string, head: Checkpoint): Promise<string | null> {
  const { keyId, publicKey: current } = signingKey();
  const publicKey = readPublicKeys().set(keyId, current).get(head.keyId);
  if (publicKey === undefined || !isSignedBy(publicKey, head))
    return `The head of event ${head.seq} was not sent: no key known here (${head.keyId}) signed it. Put ${head.keyId}.pub back into the folder of the signed heads.`;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...head, publicKey }),
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    await response.body?.cancel();
    return response.ok ? null : `The witness answered ${response.status}.`;
  } catch (failure) {
    const timedOut = failure instanceof Error && failure.name === 'TimeoutError';
    return timedOut ? 'The witness did not answer in time.' : 'The witness cannot be reached.';
  }
}
