import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { FileClaim } from '@/lib/domain/evidence-claim';
import type { Verification } from '@/lib/domain/verification';
import { env } from '@/lib/env';
import type { CheckResult } from './evidence/check-file';
import type { FilesRead } from './evidence/check-files';
import { claimsOf } from './evidence/files-in-index';
import { readAtDecision, VERDICT_PATIENCE_MS } from './evidence/read-at-decision';
import { readFile } from './evidence/read-file';
import { readingBegins, recordCheck } from './evidence/record-check';
import { withinPatience } from './evidence/within-patience';
import { onCase } from './on-case';
import { openEvidence, sealEvidence } from './seal-evidence';

const BYTES_MAX = 60 * 1024 * 1024;

/** A kept file, decrypted. */
export interface KeptEvidence {
  bytes: Uint8Array<ArrayBuffer>;
  contentType: string;
  keptAt: Date;
}

/** That a copy of a file is kept. */
export interface KeptCopy {
  name: string;
  /** Hex. */
  sha256: string;
  /** Milliseconds since 1970. */
  keptAt: number;
}

/**
 * Reads a record's files again at a decision on it, and where EVIDENCE_COPY_KEY is set keeps an encrypted copy of each. A file whose
 * bytes were kept before is not kept twice. Resolves to the readings that ended within a second; what takes longer goes on in the
 * background, its copy included. The log of the console names each file of which no copy could be kept. `unawaited` names files that are
 * not waited for.
 */
export async function keepEvidence(actor: Actor, verification: Verification, unawaited: readonly string[] = []): Promise<FilesRead> {
  const key = copyKey();
  const claims = [...new Map(claimsOf(verification).map((claim) => [claim.name, claim])).values()];
  if (!key) return readAtDecision(actor, claims, unawaited);
  const read = new Map<string, CheckResult>();
  const kept = claims.map(async (claim) => {
    const work = keep(actor, claim, key, read).catch(() => console.error(`No copy was kept of ${claim.name}.`));
    if (!unawaited.includes(claim.name)) await work;
  });
  await withinPatience(Promise.all(kept), VERDICT_PATIENCE_MS);
  return new Map(read);
}

/** Which files of a record a copy is kept of, the latest copy of each. Says nothing about whether there is a key to open them. */
export async function keptCopies(verificationId: number): Promise<KeptCopy[]> {
  const copies = await db().evidenceCopy.findMany({
    where: { verificationId: BigInt(verificationId) },
    orderBy: { keptAt: 'desc' },
    select: { name: true, sha256: true, keptAt: true },
  });
  const latest = copies.filter(({ name }, index) => copies.findIndex((copy) => copy.name === name) === index);
  return latest.map(({ name, sha256, keptAt }) => ({ name, sha256, keptAt: keptAt.getTime() }));
}

/** The latest kept copy of a file, null when there is none or no key to open it. Throws an Error when it was tampered with. */
export async function keptEvidence(name: string): Promise<KeptEvidence | null> {
  const key = copyKey();
  if (!key) return null;
  const copy = await db().evidenceCopy.findFirst({ where: { name }, orderBy: { keptAt: 'desc' } });
  return copy && { bytes: openEvidence(copy, { name, sha256: copy.sha256 }, key), contentType: copy.contentType, keptAt: copy.keptAt };
}

async function keep(
  actor: Actor,
  claim: FileClaim & { verificationId: number },
  key: Uint8Array,
  read: Map<string, CheckResult>,
): Promise<void> {
  const { name, verificationId } = claim;
  const began = await readingBegins(name);
  const { outcome, bytes, contentType } = await readFile(claim, AbortSignal.timeout(env().UPSTREAM_TIMEOUT_MS), BYTES_MAX);
  if (outcome && (await recordCheck(actor, claim, outcome, began))) read.set(name, outcome.result);
  if (outcome?.result !== 'seen' || !bytes) throw new Error(`No copy of ${name} can be kept.`);
  const { sha256, size } = outcome;
  const data = { name, sha256, verificationId: BigInt(verificationId), contentType, size: BigInt(size) };
  const copy = { ...data, ...sealEvidence(bytes, { name, sha256 }, key) };
  await onCase(verificationId, (tx) => tx.evidenceCopy.createMany({ data: copy, skipDuplicates: true }));
}

function copyKey(): Uint8Array | null {
  const { EVIDENCE_COPY_KEY } = env();
  return EVIDENCE_COPY_KEY === undefined ? null : Buffer.from(EVIDENCE_COPY_KEY, 'hex');
}
