import { createHash } from 'node:crypto';
import { db } from '@/lib/db/client';
import type { Verification } from '@/lib/domain/verification';
import { env } from '@/lib/env';
import { openFile } from '@/lib/upstream/file';
import { onCase } from './on-case';
import { recordEvidenceHash } from './record-evidence-hash';
import { openEvidence, sealEvidence } from './seal-evidence';

const BYTES_MAX = 60 * 1024 * 1024;

/** How long a decision waits for a file nobody has seen whole. */
const PATIENCE_MS = 5_000;

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
 * Looks at a record's files as they are at a decision: each is hashed that nobody has seen whole yet, and where EVIDENCE_COPY_KEY
 * is set an encrypted copy of each is kept. A file whose bytes were kept before is not kept twice. Answers the names of which
 * no copy could be kept: a decision does not wait for an upstream, and says itself which files nobody saw whole.
 */
export async function keepEvidence({ id, files }: Verification): Promise<string[]> {
  const key = copyKey();
  const names = [...new Set(files.flatMap(({ name }) => name ?? []))];
  const unseen = async () => {
    const seen = await db().evidenceHash.findMany({ where: { name: { in: names } }, select: { name: true }, distinct: ['name'] });
    return names.filter((name) => !seen.some((known) => known.name === name));
  };
  const wanted = key ? names : await unseen();
  const results = await Promise.allSettled(wanted.map((name) => (key ? keep(id, name, key) : read(name, PATIENCE_MS))));
  return key ? wanted.filter((_, index) => results[index]?.status === 'rejected') : [];
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

async function keep(verificationId: number, name: string, key: Uint8Array): Promise<void> {
  const { bytes, sha256, contentType } = await read(name, env().UPSTREAM_TIMEOUT_MS);
  const data = { name, sha256, verificationId: BigInt(verificationId), contentType, size: BigInt(bytes.length) };
  const copy = { ...data, ...sealEvidence(bytes, { name, sha256 }, key) };
  await onCase(verificationId, (tx) => tx.evidenceCopy.createMany({ data: copy, skipDuplicates: true }));
}

// Seeing a file whole is seeing it: what it hashes to is kept, and whether it changed.
async function read(name: string, patienceMs: number): Promise<{ bytes: Buffer; sha256: string; contentType: string }> {
  const { body, contentType } = await openFile(name, {}, AbortSignal.timeout(patienceMs));
  if (!body) throw new Error(`No bytes of ${name}.`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > BYTES_MAX) throw new Error(`${name} is too large to keep.`);
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await recordEvidenceHash(name, sha256, bytes.length);
  return { bytes, sha256, contentType: contentType ?? '' };
}

function copyKey(): Uint8Array | null {
  const { EVIDENCE_COPY_KEY } = env();
  return EVIDENCE_COPY_KEY === undefined ? null : Buffer.from(EVIDENCE_COPY_KEY, 'hex');
}
