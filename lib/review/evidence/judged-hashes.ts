import type { Prisma } from '@/lib/db/generated/client';
import { confirmProblem, type EvidenceShown, isUncompared, type ShownProblem, shownProblem } from '@/lib/domain/evidence-shown';
import type { EvidenceState } from '@/lib/domain/evidence-state';
import { Refusal } from '@/lib/domain/refusal';
import type { EvidenceCategory } from '@/lib/domain/verification';
import { withoutNames } from './case-evidence';
import type { FilesRead } from './check-files';
import { evidenceStatesOf } from './states-of';

const SIDES = ['id', 'face'] as const;

/** The names of a record's two files; null for one that the record does not name. */
export type FileNames = Record<EvidenceCategory, string | null>;
/** The files of a record as they were read at a verdict on it. */
export interface ReadEvidence {
  names: FileNames;
  read: FilesRead;
}
/** What a verdict is recorded with: undefined when the record names no file and nothing was sent. */
export type RecordedShown = EvidenceShown | undefined;
/** Hex sha256 of both files. */
export interface JudgedHashes {
  idSha256: string | null;
  selfieSha256: string | null;
}

/** Returns the names of the files that a reviewer goes on without, and that need not be waited for. Pure. */
export function unawaited(names: FileNames, shown: EvidenceShown | undefined): string[] {
  return (shown?.unchecked ?? []).flatMap((side) => names[side] ?? []);
}

/**
 * Returns what a decision is recorded with: the files as its reviewer names them, and which of them were not compared. Throws a Refusal
 * `unprocessable` when they name nothing; `evidence-changed`, with the states of the files in `details`, when they were shown other bytes
 * than the console knows now, or were not shown a file, or not that it differs; and `evidence-unchecked` when a file could not be compared
 * and they do not say that they know.
 */
export async function judgedHashes(
  tx: Prisma.TransactionClient,
  { names, read }: ReadEvidence,
  shown: EvidenceShown | undefined,
): Promise<JudgedHashes & { shown: RecordedShown }> {
  const states = await statesBySide(tx, names);
  const named = requireShown(states, shown);
  refuse(states, (side, state) => shownProblem(state, named[side]));
  const recorded = requireCompared(states, { named, read, shown });
  return { idSha256: named.id, selfieSha256: named.face, shown: recorded };
}

/**
 * Returns what a confirmation is recorded with. Throws as above, and `evidence-changed` unless a second reviewer judged the bytes the
 * decision was made on. For an agreement or a blind re-review; who disagrees may always say so.
 */
export async function refuseOtherEvidence(
  tx: Prisma.TransactionClient,
  { names, read }: ReadEvidence,
  shown: EvidenceShown | undefined,
  decided: JudgedHashes,
): Promise<RecordedShown> {
  const states = await statesBySide(tx, names);
  const named = requireShown(states, shown);
  const decidedOn = { id: decided.idSha256, face: decided.selfieSha256 };
  refuse(states, (side, state) => confirmProblem(state, named[side], decidedOn[side]));
  return requireCompared(states, { named, read, shown });
}

interface Compared {
  named: Record<EvidenceCategory, string | null>;
  read: FilesRead;
  shown: EvidenceShown | undefined;
}

function requireCompared(states: States, { named, read, shown }: Compared): RecordedShown {
  if (!shown) return undefined;
  const unchecked = SIDES.filter((side) => {
    const state = states[side];
    return state && isUncompared(read.get(state.name) ?? null);
  });
  refuse(states, (side) => (unchecked.includes(side) && !shown.unchecked?.includes(side) ? 'unchecked' : null));
  const record = shown.record === undefined ? {} : { record: shown.record };
  return { ...named, ...record, ...(unchecked.length > 0 && { unchecked }) };
}

type States = Partial<Record<EvidenceCategory, EvidenceState>>;

async function statesBySide(tx: Prisma.TransactionClient, names: FileNames): Promise<States> {
  const known = await evidenceStatesOf(
    SIDES.flatMap((side) => names[side] ?? []),
    tx,
  );
  return Object.fromEntries(SIDES.map((side) => [side, known.find(({ name }) => name === names[side])]));
}

/** Returns what the reviewer names; of a file that the record does not name, nothing was shown. */
function requireShown(states: States, shown: EvidenceShown | undefined): Record<EvidenceCategory, string | null> {
  if (!shown && (states.id || states.face))
    throw new Refusal('unprocessable', 'Name the files you were shown: the SHA-256 of each in `shown`, null for one you were not shown.', {
      field: 'shown',
    });
  return { id: states.id ? (shown?.id ?? null) : null, face: states.face ? (shown?.face ?? null) : null };
}

const SUBJECT: Record<EvidenceCategory, string> = { id: 'ID document', face: 'selfie' };

const SENTENCE: Record<ShownProblem, (subject: string) => string> = {
  'other-bytes': (subject) => `The file of the ${subject} is not the one you were shown. Look at it again, then send your verdict again.`,
  'difference-unseen': (subject) =>
    `The file of the ${subject} is not what it was when it was first seen. Look at it, then send your verdict again.`,
  'not-shown': (subject) => `The file of the ${subject} was not shown to you. Look at it, then send your verdict again.`,
  unchecked: (subject) =>
    `The file of the ${subject} could not be compared with what you were shown. Send your verdict again in a moment, or confirm that it was not compared; the record says so then.`,
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
  // Without names: a blind reviewer must not learn who worked on the case.
  const { files } = withoutNames({ at: Date.now(), files: SIDES.flatMap((side) => states[side] ?? []) });
  const code = first.problem === 'unchecked' ? 'evidence-unchecked' : 'evidence-changed';
  throw new Refusal(code, SENTENCE[first.problem](SUBJECT[first.side]), { details: { problems, files } });
}
