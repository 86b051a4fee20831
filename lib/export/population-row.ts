import { z } from 'zod';
import type { EvidenceState } from '@/lib/domain/evidence-state';
import { findingsOf, findingsOfFiles } from '@/lib/domain/finding';
import { DECISION_OUTCOMES } from '@/lib/domain/reason-codes';
import { overrideShift } from '@/lib/domain/record-change';
import { facesOf, fileOf, tagValues, type Verification } from '@/lib/domain/verification';
import { hiddenIn } from '@/lib/domain/visible-text';
import { evidenceText, leastReadAt } from './evidence-text';
import type { Kind } from './sheet-cell';

const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString());
const time = z.date().transform((date) => date.toISOString());

/** What the database holds about a record, as `POPULATION_SQL` reads it. */
export const storedPopulationRow = z.object({
  id: z.coerce.number(),
  machineResult: z.enum(['VERIFIED', 'NOT_VERIFIED']),
  raw: z.string(),
  snapshotHash: z.string(),
  missing: z.boolean(),
  state: z.string(),
  similarity: z.number().nullable(),
  confidence: z.number().nullable(),
  assignee: z.string().nullable(),
  notes: z.coerce.number(),
  decisions: z.coerce.number(),
  outcome: z.enum(DECISION_OUTCOMES).nullable(),
  isOverride: z.boolean().nullable(),
  reasonCodes: z.array(z.string()).nullable(),
  rationale: z.string().nullable(),
  decidedById: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: time.nullable(),
  claimedAt: time.nullable(),
  version: z.number().nullable(),
  policyVersion: z.number().nullable(),
  secondPerson: z.string().nullable(),
  approvedBy: z.string().nullable(),
  approvedAt: time.nullable(),
  idSha256: z.string().nullable(),
  selfieSha256: z.string().nullable(),
  unchecked: z.array(z.string()).nullable(),
  uncheckedByApprover: z.array(z.string()).nullable(),
  decidedSnapshot: z.string().nullable(),
  recordChangedAt: time.nullable(),
  recordChangeNoticed: z.boolean(),
});
export type StoredPopulationRow = z.infer<typeof storedPopulationRow>;

/** One record with its review state and the decision in force; times in ISO 8601, UTC. The names are the columns of the CSV. */
export type PopulationRow = ReturnType<typeof populationRow>;

/** How a spreadsheet reads the columns that are no mere values. */
export const POPULATION_KIND: ReadonlyMap<string, Kind> = new Map<keyof PopulationRow, Kind>([
  ['verificationId', 'id'],
  ['decidedById', 'id'],
  ['customerId', 'id'],
  ['receivedAt', 'moment'],
  ['decidedAt', 'moment'],
  ['claimedAt', 'moment'],
  ['approvedAt', 'moment'],
  ['evidenceReadAt', 'moment'],
  ['recordChangedAt', 'moment'],
]);

/**
 * A record as an auditor reads it. `evidence` is `evidenceText` of all files the record names; `uncompared…` names the files (id, face) that could not be
 * compared with what was shown at that verdict. `recordChanged` says whether the upstream replaced or lost
 * the record after the decision in force, `overrideSinceChange` what that makes of the decision as an override. Pure.
 */
export function populationRow(stored: StoredPopulationRow, verification: Verification, seen: readonly EvidenceState[]) {
  const decided = stored.outcome === null ? null : { idSha256: stored.idSha256, selfieSha256: stored.selfieSha256 };
  const noticed = findingsOfFiles(verification, seen, decided);
  const [id, selfie] = (['id', 'face'] as const).map((side) => seen.find(({ name }) => name === fileOf(verification, side)?.name));
  const further = verification.files.filter((file) => (['id', 'face'] as const).every((side) => fileOf(verification, side) !== file));
  const files = [id, selfie, ...further.map((file) => seen.find(({ name }) => name === file.name))];
  const { outcome, isOverride } = stored;
  const shift = outcome === null || isOverride === null ? null : overrideShift({ outcome, isOverride }, stored.machineResult);
  const row = {
    verificationId: stored.id,
    receivedAt: verification.receivedAt === null ? null : new Date(verification.receivedAt).toISOString(),
    machineResult: stored.machineResult,
    model: verification.model,
    modelVersion: verification.modelVersion,
    state: stored.state,
    outcome: stored.outcome,
    isOverride: stored.isOverride,
    reasonCodes: stored.reasonCodes?.join(' ') ?? null,
    rationale: stored.rationale,
    decidedBy: stored.decidedBy,
    decidedById: stored.decidedById,
    decidedAt: stored.decidedAt,
    claimedAt: stored.claimedAt,
    decisionVersion: stored.version,
    policyVersion: stored.policyVersion,
    secondPersonBecause: stored.secondPerson,
    approvedBy: stored.approvedBy,
    approvedAt: stored.approvedAt,
    decisions: stored.decisions,
    notes: stored.notes,
    assignee: stored.assignee,
    customerId: tagValues(verification, 'customerId').join(' ') || null,
    tags: JSON.stringify(verification.tags),
    similarity: stored.similarity,
    leastConfidence: stored.confidence,
    facesOnId: facesOf(verification, 'id').length,
    facesOnSelfie: facesOf(verification, 'face').length,
    findings: [...new Set([...findingsOf(verification), ...noticed].map(({ kind }) => kind))]
      .concat(stored.recordChangeNoticed ? ['record-changed'] : [])
      .join(' '),
    evidence: evidenceText(files, noticed),
    evidenceReadAt: instant(leastReadAt(files)),
    evidenceChange: noticed.map(({ detail }) => detail).join(' ') || null,
    idFile: verification.idFileName,
    idSha256AtDecision: stored.idSha256,
    idSha256Now: id?.sha256 ?? null,
    selfieFile: verification.selfieFileName,
    selfieSha256AtDecision: stored.selfieSha256,
    selfieSha256Now: selfie?.sha256 ?? null,
    uncomparedAtDecision: stored.unchecked?.join(' ') || null,
    uncomparedAtApproval: stored.uncheckedByApprover?.join(' ') || null,
    recordSha256: stored.snapshotHash,
    recordSha256AtDecision: stored.decidedSnapshot,
    recordChanged: stored.decidedSnapshot === null ? null : stored.missing || stored.decidedSnapshot !== stored.snapshotHash,
    recordChangedAt: stored.recordChangedAt,
    overrideSinceChange: shift,
    missingUpstream: stored.missing,
  };
  return { ...row, hiddenCharacters: hiddenCharacters(row) };
}

/**
 * The invisible and direction-changing characters of each text, such as `customerId: U+202E`. The texts themselves stay exact: what
 * reads the file must find the value the record has, and a person must see that it is not what it looks like.
 */
function hiddenCharacters(row: Record<string, unknown>): string | null {
  const found = Object.entries(row).flatMap(([name, value]) => {
    const hidden = typeof value === 'string' ? hiddenIn(value) : [];
    return hidden.length === 0 ? [] : [`${name}: ${hidden.join(' ')}`];
  });
  return found.join('; ') || null;
}
