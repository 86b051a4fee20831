import { createHash } from 'node:crypto';
import type { Actor } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import { type EvidenceCategory, type EvidenceFile, facesOf, type Verification } from '@/lib/domain/verification';
import { env } from '@/lib/env';
import { keptEvidence } from '@/lib/review/keep-evidence';
import { recordEvidenceHash } from '@/lib/review/record-evidence-hash';
import { recordEvidenceView } from '@/lib/review/record-evidence-view';
import { openFile } from '@/lib/upstream/file';
import { type OverlayPicture, overlayPicture } from './overlay-picture';

const BYTES_MAX = 60 * 1024 * 1024;

/** An evidence file as it goes into a pack. */
export interface CaseFile {
  category: EvidenceCategory;
  name: string;
  bytes: Buffer;
  sha256: string;
  /** Null where there is nothing to draw on: a clip, a PDF, something that cannot be read. */
  overlay: OverlayPicture | null;
}

/**
 * Fetches a record's files, each look recorded before the first byte and each hash after the last, as wherever evidence is seen. One
 * the upstream lost comes from the copy kept at a decision. `leftOut` says in sentences what is not there, and why.
 */
export async function caseFiles(actor: Actor, verification: Verification): Promise<{ files: CaseFile[]; leftOut: string[] }> {
  const files: CaseFile[] = [];
  const leftOut: string[] = [];
  for (const file of verification.files) {
    const { name, category } = file;
    if (name === null) {
      leftOut.push(`The record names no file that could be fetched for the ${side(category)}.`);
      continue;
    }
    try {
      await recordEvidenceView(actor, name);
      const bytes = await bytesOf(file, name);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      await recordEvidenceHash(name, sha256, bytes.length);
      const overlay = await overlayPicture(bytes, facesOf(verification, category));
      if (!overlay) leftOut.push(`There is no picture to draw on in ${name}; the file itself is here as it is.`);
      files.push({ category, name, bytes, sha256, overlay });
    } catch (failure) {
      if (!(failure instanceof Refusal)) throw failure;
      leftOut.push(`${name} could not be fetched: ${failure.message}`);
    }
  }
  return { files, leftOut };
}

async function bytesOf(file: EvidenceFile, name: string): Promise<Buffer> {
  const opened = await openFile(name, {}, AbortSignal.timeout(env().UPSTREAM_TIMEOUT_MS * 4)).catch(async (failure: unknown) => {
    const kept = failure instanceof Refusal && failure.code === 'not-found' ? await keptEvidence(name) : null;
    if (!kept) throw failure;
    return { body: [Buffer.from(kept.bytes)] };
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of opened.body ?? []) {
    size += chunk.length;
    if (size > BYTES_MAX)
      throw new Refusal('too-large', `it is larger than ${BYTES_MAX / 1024 / 1024} MB (${file.contentType ?? 'type unknown'}).`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const side = (category: EvidenceCategory) => (category === 'id' ? 'ID document' : 'selfie');
