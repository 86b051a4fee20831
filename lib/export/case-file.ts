import { createHash } from 'node:crypto';
import type { Actor } from '@/lib/domain/actor';
import type { FileClaim } from '@/lib/domain/evidence-claim';
import { problemSentence } from '@/lib/domain/evidence-problem';
import { Refusal } from '@/lib/domain/refusal';
import { type EvidenceCategory, facesOf, type Verification } from '@/lib/domain/verification';
import { env } from '@/lib/env';
import { spaceSetting } from '@/lib/review/coordinates/space-setting';
import { readFile } from '@/lib/review/evidence/read-file';
import { readingBegins, recordCheck } from '@/lib/review/evidence/record-check';
import { keptEvidence } from '@/lib/review/keep-evidence';
import { recordEvidenceView } from '@/lib/review/record-evidence-view';
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
  const { setting } = await spaceSetting();
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
      const { bytes, from } = await bytesOf(actor, {
        name,
        verificationId: verification.id,
        isKnown: true,
        size: file.size,
        contentType: file.contentType,
      });
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const overlay = await overlayPicture(bytes, facesOf(verification, category), setting);
      if (from) leftOut.push(from);
      if (!overlay) leftOut.push(`There is no picture to draw on in ${name}; the file itself is here as it is.`);
      files.push({ category, name, bytes, sha256, overlay });
    } catch (failure) {
      if (!(failure instanceof Refusal)) throw failure;
      leftOut.push(`${name} could not be fetched: ${failure.message}`);
    }
  }
  return { files, leftOut };
}

// A copy says nothing about the upstream's file, so the pack says that it is one.
async function bytesOf(actor: Actor, claim: FileClaim): Promise<{ bytes: Buffer; from: string | null }> {
  const began = await readingBegins(claim.name);
  const { outcome, bytes } = await readFile(claim, AbortSignal.timeout(env().UPSTREAM_TIMEOUT_MS * 4), BYTES_MAX);
  if (outcome) await recordCheck(actor, claim, outcome, began);
  if (outcome?.result === 'seen') {
    if (bytes) return { bytes, from: null };
    throw new Refusal('too-large', `it is larger than ${BYTES_MAX / 1024 / 1024} MB (${claim.contentType ?? 'type unknown'}).`);
  }
  const why = outcome ? problemSentence(outcome.problem) : 'The verification service refused the request.';
  const kept = await keptEvidence(claim.name);
  if (!kept) throw new Refusal('upstream-unavailable', why);
  return { bytes: Buffer.from(kept.bytes), from: `${claim.name} is the copy kept on ${kept.keptAt.toISOString()}. ${why}` };
}

const side = (category: EvidenceCategory) => (category === 'id' ? 'ID document' : 'selfie');
