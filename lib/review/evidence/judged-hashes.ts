import type { Prisma } from '@/lib/db/generated/client';
import { confirmProblem, type EvidenceShown, namedFor, recordedHash, type ShownProblem, shownProblem } from '@/lib/domain/evidence-shown';
import type { EvidenceState } from '@/lib/domain/evidence-state';
import { Refusal } from '@/lib/domain/refusal';
import type { EvidenceCategory } from '@/lib/domain/verification';
import { evidenceStatesOf } from './states-of';

const SIDES = ['id', 'face'] as const;

/** The names of a record's two files; null for one that the record does not name. */
export type FileNames = Record<EvidenceCategory, string | null>;
/** Hex sha256 of both files. */
export interface JudgedHashes {
  idSha256: string | null;
  selfieSha256: string | null;
}

/**
 * Returns the hashes a decision is recorded with. Throws a Refusal `evidence-changed`, with the states of the files in `details`,
 * when its reviewer was shown other bytes than the console knows now, or was not shown that they differ.
 */
export async function judgedHashes(
  tx: Prisma.TransactionClient,
  names: FileNames,
  shown: EvidenceShown | undefined,
): Promise<JudgedHashes> {
  const states = await statesBySide(tx, names);
  refuse(states, (side, state) => shownProblem(state, namedFor(shown, side)));
  const hashOf = (side: EvidenceCategory) => recordedHash(states[side], namedFor(shown, side));
  return { idSha256: hashOf('id'), selfieSha256: hashOf('face') };
}

/**
 * Throws a Refusal `evidence-changed` unless a second reviewer judged the bytes the decision was made on, as far as either is known.
 * For an agreement or a blind re-review; who disagrees may always say so.
 */
export async function refuseOtherEvidence(
  tx: Prisma.TransactionClient,
  names: FileNames,
  shown: EvidenceShown | undefined,
  decided: JudgedHashes,
): Promise<void> {
  const states = await statesBySide(tx, names);
  const decidedOn = { id: decided.idSha256, face: decided.selfieSha256 };
  refuse(states, (side, state) => confirmProblem(state, namedFor(shown, side), decidedOn[side]));
}

type States = Partial<Record<EvidenceCategory, EvidenceState>>;

async function statesBySide(tx: Prisma.TransactionClient, names: FileNames): Promise<States> {
  const known = await evidenceStatesOf(
    SIDES.flatMap((side) => names[side] ?? []),
    tx,
  );
  return Object.fromEntries(SIDES.map((side) => [side, known.find(({ name }) => name === names[side])]));
}

const SUBJECT: Record<EvidenceCategory, string> = { id: 'ID document', face: 'selfie' };

const SENTENCE: Record<ShownProblem, (subject: string) => string> = {
  'other-bytes': (subject) => `The file of the ${subject} is not the one you were shown. Look at it again, then send your verdict again.`,
  'difference-unseen': (subject) =>
    `The file of the ${subject} is not what it was when it was first seen. Look at it, then send your verdict again.`,
  'not-the-decided': (subject) =>
    `The file of the ${subject} is not the one that was decided on, so the decision cannot be confirmed on it. Disagree, or have the case decided again.`,
};

function refuse(states: States, problemOf: (side: EvidenceCategory, state: EvidenceState) => ShownProblem | null): void {
  const problems = SIDES.flatMap((side) => {
    const state = states[side];
    const problem = state ? problemOf(side, state) : null;
    return problem ? [{ side, problem }] : [];
  });
  const [first] = problems;
  if (!first) return;
  const files = SIDES.flatMap((side) => states[side] ?? []);
  throw new Refusal('evidence-changed', SENTENCE[first.problem](SUBJECT[first.side]), { details: { problems, files } });
}
