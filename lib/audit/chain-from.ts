import { findBreak, GENESIS, type Head, type Link } from './chain';
import type { Stop } from './folder-marks';
import { storedLinks } from './stored-links';
import { type ChainVerdict, verifyChain } from './verify-chain';

/** What the database holds behind a head that was signed. */
export type Extension = { head: Head } | { stop: Stop };

/**
 * Walks the chain in the database from a signed head to its newest event, payloads included, in one snapshot. Resolves to that event when the
 * chain leads there, else to why nothing may be signed. Costs as much as what is new.
 */
export async function chainFrom(signed: Head): Promise<Extension> {
  if (signed.seq === GENESIS.seq) return extensionOf(await verifyChain(storedLinks(), { toTheEnd: true }));
  const links = storedLinks(signed.seq - 1);
  const { value: first } = await links.next();
  if (!first) {
    await links.return(undefined);
    return { stop: behind(signed) };
  }
  const wrong = unlike(signed, first);
  if (wrong) {
    await links.return(undefined);
    return { stop: wrong };
  }
  return extensionOf(await verifyChain(links, { from: { seq: signed.seq, hash: signed.hash }, toTheEnd: true }));
}

function unlike(signed: Head, link: Link): Stop | null {
  const broken = findBreak({ seq: signed.seq - 1, hash: link.prevHash }, link);
  if (broken) return { kind: 'contradicted', reason: brokenReason(broken) };
  if (link.hash === signed.hash) return null;
  return {
    kind: 'contradicted',
    reason: `Event ${signed.seq} in the database is not the one that was signed, so the log was changed or replaced. Run npm run audit:verify. ${IF_RESTORED}`,
  };
}

function extensionOf(verdict: ChainVerdict): Extension {
  if (verdict.whole) return { head: verdict.head };
  return { stop: { kind: 'contradicted', reason: brokenReason(verdict.broken) } };
}

/** What helps where a restored database was written to before anybody noticed. */
export const IF_RESTORED =
  'If a database was restored and then written to, npm run audit:restored shows what was lost and how to declare it (--replaced).';

/** Returns the stop for a database that ends before a signed event. */
export function behind({ seq }: Pick<Head, 'seq'>): Stop {
  return {
    kind: 'behind',
    reason: `Event ${seq} was signed and is not in the database, which was restored from an older state or lost its newest events. Nothing can be recorded until an administrator restores a newer database or declares the loss with npm run audit:restored.`,
  };
}

/** Returns why a broken chain is not signed, in two sentences. */
export function brokenReason({ seq, field }: { seq: number; field: string }): string {
  return `The chain in the database is broken at event ${seq} (${field}), so it is not signed any further. Run npm run audit:verify.`;
}
