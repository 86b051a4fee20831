import { db } from '@/lib/db/client';
import type { FileClaim } from '@/lib/domain/evidence-claim';
import { Refusal } from '@/lib/domain/refusal';
import type { EvidenceFile } from '@/lib/domain/verification';
import { getVerification } from '@/lib/upstream/get';
import { caseOfFile } from '../case-of-file';
import { claimsOf, filesInIndex } from './files-in-index';

const PATIENCE_MS = 2_000;
/** A record the index does not hold yet is asked for once in this time, however many parts of a clip are fetched. */
const REMEMBERED_MS = 60_000;
const REMEMBERED_MAX = 500;

const remembered = new Map<number, { at: number; files: Promise<EvidenceFile[]> }>();

/** Returns what is said about a file by the record its name belongs to; without a record, size and type are unknown. */
export async function claimOf(name: string): Promise<FileClaim> {
  const id = caseOfFile(name);
  return named(name, id, id === null ? [] : await filesOfCase(id));
}

/** Returns the same as the verification service says it now: the index may be behind a record that was replaced. */
export async function freshClaimOf(name: string): Promise<FileClaim> {
  const id = caseOfFile(name);
  return named(name, id, id === null ? [] : await askedFiles(id).catch(none));
}

/** Returns the files a record names, from the index where it holds the record; empty when nobody can say. */
export async function filesOfCase(id: number): Promise<EvidenceFile[]> {
  const files = await filesInIndex(db(), id);
  return files.length > 0 ? files : rememberedFiles(id);
}

function rememberedFiles(id: number): Promise<EvidenceFile[]> {
  const known = remembered.get(id);
  if (known && Date.now() - known.at < REMEMBERED_MS) return known.files;
  remembered.delete(id);
  const [oldest] = remembered.keys();
  if (remembered.size >= REMEMBERED_MAX && oldest !== undefined) remembered.delete(oldest);
  const files = askedFiles(id).catch((failure: unknown) => {
    remembered.delete(id);
    return none(failure);
  });
  remembered.set(id, { at: Date.now(), files });
  return files;
}

async function askedFiles(id: number): Promise<EvidenceFile[]> {
  return (await getVerification(id, AbortSignal.timeout(PATIENCE_MS))).verification.files;
}

// Without the record nothing can be held against a file; that it cannot be read is said where the record is shown.
function none(failure: unknown): EvidenceFile[] {
  if (failure instanceof Refusal || (failure instanceof Error && failure.name === 'TimeoutError')) return [];
  throw failure;
}

function named(name: string, id: number | null, files: readonly EvidenceFile[]): FileClaim {
  const unknown = { name, verificationId: id, isKnown: false, size: null, contentType: null };
  return id === null ? unknown : (claimsOf({ id, files: [...files] }).find((claim) => claim.name === name) ?? unknown);
}
