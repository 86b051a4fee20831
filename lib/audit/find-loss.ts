import { db } from '@/lib/db/client';
import { Refusal } from '@/lib/domain/refusal';
import { GENESIS, type Head, type Link } from './chain';
import { readCheckpoints, readPublicKeys, signedByOneOf } from './checkpoint-files';
import { hasBegun } from './folder-marks';
import { type FoundRange, lostRange, type SignedEvent } from './lost-range';
import type { Checkpoint, LostRange } from './signed-head';
import { signingKey } from './signing-key';
import { checkpointOf } from './stored-checkpoint';
import { storedLinks } from './stored-links';
import { verifyChain } from './verify-chain';

/** What an administrator has to declare before the log is signed and written again. */
export interface Loss {
  /** The newest event of the database. */
  head: Head;
  /** Events that were signed and are not in the database; null where only the folder of the signed heads was lost. */
  lost: LostRange | null;
  /** Events before the lost ones that only their times show to be the signed ones; null where a signed head shows it. */
  keptByTimes: LostRange | null;
  /** How many events the database holds in place of lost ones, written after it was restored. */
  replaced: number;
  /** The first signed head whose number another event has; null where there is none. */
  contradicted: Checkpoint | null;
  /** Whether the folder holds no signed head. */
  folderLost: boolean;
  /** The heads the loss was found by: of the folder, or of the table where the folder is lost. */
  heads: Checkpoint[];
}

/**
 * Compares the whole chain in the database with every signed head. Resolves to null when there is nothing to declare. Throws a Refusal `conflict` for a
 * chain that is broken in itself: no restore does that, and nobody can declare it.
 */
export async function findLoss(): Promise<Loss | null> {
  const { keyId, publicKey } = signingKey();
  const isSigned = signedByOneOf(readPublicKeys().set(keyId, publicKey));
  const kept = readCheckpoints().heads.filter(isSigned);
  const shown = kept.length > 0 ? [] : (await shownCheckpoints()).filter(isSigned);
  const heads = kept.length > 0 ? kept : shown;
  const hashes = new Map<number, SignedEvent>();
  const verdict = await verifyChain(noted(storedLinks(), new Set(heads.map(({ seq }) => seq)), hashes), { toTheEnd: true });
  if (!verdict.whole) throw broken(verdict.broken.seq);
  const { head } = verdict;
  const folderLost = kept.length === 0 && (shown.length > 0 || (head.seq > GENESIS.seq && !hasBegun()));
  const found = lostRange(heads, { events: hashes, end: head, isSigned });
  const lost = found ? await byTimes(found, head) : folderLost ? await lostByWitness(head) : null;
  if (lost === null && !folderLost) return null;
  const keptByTimes = found && lost && lost.from > found.kept + 1 ? { from: found.kept + 1, to: lost.from - 1 } : null;
  const contradicted = found && found.first.seq <= head.seq ? found.first : null;
  return { head, lost, keptByTimes, contradicted, replaced: lost ? Math.max(0, head.seq - lost.from + 1) : 0, folderLost, heads };
}

// Numbers may have been given again before the log was closed: what was written after the first lost head was signed is not what it signed.
async function byTimes({ kept, first, to }: FoundRange, head: Head): Promise<LostRange> {
  const seq = { gt: BigInt(kept), lt: BigInt(first.seq) };
  const later = await db().auditEvent.findFirst({
    where: { seq, at: { gt: new Date(first.at) } },
    orderBy: { seq: 'asc' },
    select: { seq: true },
  });
  return { from: later ? Number(later.seq) : Math.min(head.seq + 1, first.seq), to };
}

async function* noted(links: AsyncIterable<Link>, wanted: Set<number>, into: Map<number, SignedEvent>) {
  for await (const link of links) {
    if (wanted.has(link.seq)) into.set(link.seq, { hash: link.hash, action: link.action });
    yield link;
  }
}

// Where every head is lost, what the witness took is the last that is known of what was signed.
async function lostByWitness({ seq }: Head): Promise<LostRange | null> {
  const told = Number((await db().witness.aggregate({ _max: { seq: true } }))._max.seq ?? 0);
  return told > seq ? { from: seq + 1, to: told } : null;
}

async function shownCheckpoints(): Promise<Checkpoint[]> {
  const rows = await db().checkpoint.findMany({ orderBy: { at: 'asc' } });
  return rows.map(checkpointOf);
}

function broken(seq: number): Refusal {
  return new Refusal(
    'conflict',
    `The chain in the database is broken at event ${seq}, which no restore does. Restore a database whose chain is intact (npm run audit:verify), then declare what it lost.`,
  );
}
