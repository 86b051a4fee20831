import * as z from 'zod/mini';
import { type DecisionView, decisionView } from '@/lib/domain/decision-view';
import { type EvidenceShown, evidenceShown } from '@/lib/domain/evidence-shown';
import { type Feature, type FeatureVerdict, featureChecklist, saidOf } from '@/lib/domain/feature-checklist';
import { DECISION_OUTCOMES, type DecisionOutcome, REASON_CODE_NAMES, type ReasonCode, reasonCodesFor } from '@/lib/domain/reason-codes';
import type { MachineResult } from '@/lib/domain/verification';

export const REASONS_MAX = 5;

// `attempt` is a decision that was sent without an answer coming back: the same content goes out again under the same key.
const attempt = z.object({
  key: z.string(),
  version: z.int(),
  content: z.string(),
  view: z.optional(z.nullable(decisionView)),
  shown: z.optional(evidenceShown),
});

const caseDraft = z.object({
  outcome: z.nullable(z.enum(DECISION_OUTCOMES)),
  reasonCodes: z.array(z.enum(REASON_CODE_NAMES as [ReasonCode, ...ReasonCode[]])),
  // A draft kept before there was a checklist has none.
  features: z._default(featureChecklist, {}),
  rationale: z.string(),
  // The number of decisions the reviewer knew of when she began.
  version: z.int(),
  attempt: z.nullable(attempt),
  note: z.string(),
  noteAttempt: z.nullable(z.object({ key: z.string(), text: z.string() })),
});

export type Attempt = z.infer<typeof attempt>;

/** What a reviewer has begun on one case and not yet saved. */
export type CaseDraft = z.infer<typeof caseDraft>;

export const EMPTY_DRAFT: CaseDraft = {
  outcome: null,
  reasonCodes: [],
  features: {},
  rationale: '',
  version: 0,
  attempt: null,
  note: '',
  noteAttempt: null,
};

/** Reads a kept draft; what is absent or cannot be read is an empty one. */
export function readDraft(text: string | null): CaseDraft {
  if (text === null) return EMPTY_DRAFT;
  try {
    const parsed = caseDraft.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : EMPTY_DRAFT;
  } catch {
    return EMPTY_DRAFT;
  }
}

/** What is kept of a draft; null when there is nothing in it worth keeping. */
export function writeDraft(draft: CaseDraft): string | null {
  const empty = draft.outcome === null && draft.rationale === '' && draft.note === '' && saidOf(draft.features) === null;
  return empty ? null : JSON.stringify(draft);
}

/** Chooses an outcome. Reasons that may stand beside it are kept, so that a slip of the key costs nothing. */
export function chooseOutcome(draft: CaseDraft, outcome: DecisionOutcome, machineResult: MachineResult, version: number): CaseDraft {
  const allowed = reasonCodesFor(machineResult, outcome);
  const reasonCodes = draft.reasonCodes.filter((code) => allowed.includes(code));
  return { ...draft, outcome, reasonCodes, version: draft.outcome === null ? version : draft.version };
}

/** Adds a reason or takes it back; a further one than may be given is not added. */
export function toggleReason(draft: CaseDraft, code: ReasonCode): CaseDraft {
  if (draft.reasonCodes.includes(code)) return { ...draft, reasonCodes: draft.reasonCodes.filter((other) => other !== code) };
  return draft.reasonCodes.length >= REASONS_MAX ? draft : { ...draft, reasonCodes: [...draft.reasonCodes, code] };
}

/** Says of a feature what was found, or nothing any more. */
export function judgeFeature(draft: CaseDraft, feature: Feature, verdict: FeatureVerdict | undefined): CaseDraft {
  return { ...draft, features: saidOf({ ...draft.features, [feature]: verdict }) ?? {} };
}

/** The draft without its decision; a note that was begun stays. */
export function withoutDecision(draft: CaseDraft): CaseDraft {
  return { ...EMPTY_DRAFT, note: draft.note, noteAttempt: draft.noteAttempt };
}

/** Whether others decided since this draft was begun. A decision on its way is settled by the server, not here. */
export function isStale(draft: CaseDraft, version: number): boolean {
  return draft.outcome !== null && draft.attempt === null && draft.version < version;
}

/** Takes note of what others decided: the draft now answers to that version. */
export function acknowledge(draft: CaseDraft, version: number): CaseDraft {
  return { ...draft, version, attempt: null };
}

/**
 * What is sent now. Content that went out before without an answer goes out again exactly so, under the same key, version,
 * view and hashes, and therefore counts once; anything else gets a key of its own. `view` is how the pictures lie at this moment, `shown`
 * which files they are.
 */
export function attemptOf(
  draft: CaseDraft,
  newKey: () => string,
  { view = null, shown }: { view?: DecisionView | null; shown?: EvidenceShown } = {},
): Attempt {
  const content = JSON.stringify([draft.outcome, draft.reasonCodes, draft.rationale.trim(), saidOf(draft.features)]);
  if (draft.attempt?.content === content) return draft.attempt;
  return { key: newKey(), version: draft.version, content, view, ...(shown && { shown }) };
}

/** The key of the note that is sent now; the same text goes out again under the same key and therefore counts once. */
export function noteAttemptOf({ note, noteAttempt }: CaseDraft, newKey: () => string): { key: string; text: string } {
  const text = note.trim();
  return noteAttempt?.text === text ? noteAttempt : { key: newKey(), text };
}
