import { db } from '@/lib/db/client';
import { Refusal } from '@/lib/domain/refusal';
import { behind, IF_RESTORED } from './chain-from';
import { readCheckpoints, readPublicKeys, signedByOneOf } from './checkpoint-files';
import type { Stop } from './folder-marks';
import { stopSigning } from './log-state';
import { lostRange, type SignedEvent } from './lost-range';
import { signingKey } from './signing-key';

const AT_ONCE = 10_000;

/**
 * Compares every head that was ever signed with the event of its number in the database. Throws a Refusal `conflict`, and stops the signer, when one of
 * them is missing or another one and no declared restore explains it. Reads hashes only; a changed payload is found by the walk of the chain.
 */
export async function requireSignedEvents(): Promise<void> {
  const { keyId, publicKey } = signingKey();
  const isSigned = signedByOneOf(readPublicKeys().set(keyId, publicKey));
  const { heads } = readCheckpoints();
  const newest = await db().auditEvent.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true } });
  const end = { seq: Number(newest?.seq ?? 0) };
  const events = await eventsOf([...new Set(heads.map(({ seq }) => seq))]);
  const lost = lostRange(heads, { events, end, isSigned });
  if (lost === null) return;
  const stop: Stop = lost.from > end.seq ? behind({ seq: lost.to }) : { kind: 'contradicted', reason: changedReason(lost.from, lost.to) };
  await stopSigning(stop);
  throw new Refusal('conflict', stop.reason);
}

async function eventsOf(seqs: readonly number[]): Promise<Map<number, SignedEvent>> {
  const events = new Map<number, SignedEvent>();
  for (let at = 0; at < seqs.length; at += AT_ONCE) {
    const rows = await db().auditEvent.findMany({
      where: { seq: { in: seqs.slice(at, at + AT_ONCE).map(BigInt) } },
      select: { seq: true, hash: true, action: true },
    });
    for (const { seq, hash, action } of rows) events.set(Number(seq), { hash: Buffer.from(hash).toString('hex'), action });
  }
  return events;
}

function changedReason(from: number, to: number): string {
  return `Between events ${from} and ${to} the database holds other events than those that were signed. Run npm run audit:verify. ${IF_RESTORED}`;
}
