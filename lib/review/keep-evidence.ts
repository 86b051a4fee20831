import { createHash } from 'node:crypto';
import { db } from '@/lib/db/client';
import type { Verification } from '@/lib/domain/verification';
import { env } from '@/lib/env';
import { openFile } from '@/lib/upstream/file';
import { openEvidence, sealEvidence } from './seal-evidence';

const BYTES_MAX = 60 * 1024 * 1024;

/** A kept file, decrypted. */
export interface KeptEvidence {
  bytes: Uint8Array<ArrayBuffer>;
  contentType: string;
}

/**
 * Keeps encrypted copies of a record's files as they are now, where EVIDENCE_COPY_KEY is set; else does nothing. A file whose
 * bytes were kept before is not kept twice. Answers the names it could not keep: a decision does not wait for an upstream.
 */
export async function keepEvidence({ id, files }: Verification): Promise<string[]> {
  const key = copyKey();
  if (!key) return [];
  const names = files.flatMap(({ name }) => name ?? []);
  const results = await Promise.allSettled(names.map((name) => keep(id, name, key)));
  return names.filter((_, index) => results[index]?.status === 'rejected');
}

/** The latest kept copy of a file, null when there is none or no key to open it. Throws an Error when it was tampered with. */
export async function keptEvidence(name: string): Promise<KeptEvidence | null> {
  const key = copyKey();
  if (!key) return null;
  const copy = await db().evidenceCopy.findFirst({ where: { name }, orderBy: { keptAt: 'desc' } });
  return copy && { bytes: openEvidence(copy, { name, sha256: copy.sha256 }, key), contentType: copy.contentType };
}

async function keep(verificationId: number, name: string, key: Uint8Array): Promise<void> {
  const { body, contentType } = await openFile(name, {}, AbortSignal.timeout(env().UPSTREAM_TIMEOUT_MS));
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
  const data = { name, sha256, verificationId: BigInt(verificationId), contentType: contentType ?? '', size: BigInt(size) };
  await db().evidenceCopy.createMany({ data: { ...data, ...sealEvidence(bytes, { name, sha256 }, key) }, skipDuplicates: true });
}

function copyKey(): Uint8Array | null {
  const { EVIDENCE_COPY_KEY } = env();
  return EVIDENCE_COPY_KEY === undefined ? null : Buffer.from(EVIDENCE_COPY_KEY, 'hex');
}
