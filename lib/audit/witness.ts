import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { readLastCheckpoint, readPublicKeys } from './checkpoint-files';
import { type Checkpoint, isSignedBy } from './signed-head';
import { signingKey } from './signing-key';
import { isAhead, untoldHeads } from './untold-heads';
import { keepWitnessMark, readWitnessMark, type WitnessMark } from './witness-mark';

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
  /** When the oldest head it did not take was signed, milliseconds since 1970; null where it took all. */
  behindSince: number | null;
  /** Whether it took heads, by the folder or by the database, that the folder does not hold. */
  ahead: boolean;
}

const HEADS_A_RUN = 100;
const ANSWER_WITHIN_MS = 10_000;

/** Resolves to how far the witness was told, by the folder of the signed heads; by the database where there is no such folder. Null where none is set. */
export async function witnessState(): Promise<WitnessState | null> {
  const url = env().AUDIT_WITNESS_URL;
  if (url === undefined) return null;
  const { origin } = new URL(url);
  const row = await db().witness.findUnique({ where: { url } });
  const newest = readLastCheckpoint();
  if (newest === null) {
    const { seq = 0n, toldAt = null, failure = null, failures = 0 } = row ?? {};
    return { origin, seq: Number(seq), toldAt: toldAt?.getTime() ?? null, failure, failures, behindSince: null, ahead: false };
  }
  const mark = readWitnessMark(url);
  const [next] = untoldHeads(mark);
  const { seq, toldAt, failure, failures } = mark;
  const ahead = isAhead(mark) || Number(row?.seq ?? 0) > newest.seq;
  return { origin, seq, toldAt, failure, failures, behindSince: next ? Date.parse(next.head.at) : null, ahead };
}

/**
 * Posts every signed head of the folder that the witness has not taken yet, oldest first, each as `{ seq, hash, at, keyId, signature, publicKey }`; any
 * 2xx means it took it. Heads and progress are those of the folder, so that the owner of the tables can keep none back; the database gets a copy.
 * Stops at the first head that is not taken, writes down why, and resolves to how many failures in a row that makes, 0 when all is told. A head may be
 * posted twice.
 */
export async function tellWitness(signal?: AbortSignal): Promise<number> {
  const url = env().AUDIT_WITNESS_URL;
  if (url === undefined) return 0;
  let mark = readWitnessMark(url);
  // A folder that was put back from an older copy: what it holds is told again.
  if (isAhead(mark)) mark = { ...mark, file: '', offset: 0 };
  for (const { head, file, offset } of untoldHeads(mark).slice(0, HEADS_A_RUN)) {
    if (signal?.aborted) return 0;
    const failure = await post(url, head);
    mark =
      failure === null
        ? { ...mark, file, offset, seq: head.seq, toldAt: Date.now(), failure: null, failures: 0 }
        : { ...mark, failure, failures: mark.failures + 1 };
    keepWitnessMark(mark);
    await show(url, mark);
    if (failure !== null) return mark.failures;
  }
  return 0;
}

async function show(url: string, { seq, toldAt, failure, failures }: WitnessMark): Promise<void> {
  const data = { seq: BigInt(seq), toldAt: toldAt === null ? null : new Date(toldAt), failure, failures };
  await db().witness.upsert({ where: { url }, create: { url, ...data }, update: data });
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
