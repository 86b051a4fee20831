import type { MachineResult } from './verification';

export const DECISION_OUTCOMES = ['APPROVED', 'DECLINED', 'RESUBMISSION_REQUESTED'] as const;
export type DecisionOutcome = (typeof DECISION_OUTCOMES)[number];

/** Words for buttons and sentences. */
export const OUTCOME_LABEL: Record<DecisionOutcome, string> = {
  APPROVED: 'Approved',
  DECLINED: 'Declined',
  RESUBMISSION_REQUESTED: 'Resubmission requested',
};

type Scope = 'against' | 'approve' | 'both';

interface ReasonCodeEntry {
  label: string;
  /** `against`: decline or ask again. `approve`: approve against the machine. */
  scope: Scope;
  guideline: string;
}

const entry = (label: string, scope: Scope, guideline: string): ReasonCodeEntry => ({ label, scope, guideline });

/** The closed list of reasons, each with the outcomes it applies to and what a reviewer should have seen. */
export const REASON_CODES = {
  FACE_MISMATCH: entry('Faces differ', 'against', 'Fixed features (ears, nose, distance of the eyes) differ between portrait and selfie.'),
  NO_FACE_ON_ID: entry('No face on the ID', 'against', 'The document shows no portrait, or none that can be made out.'),
  FACE_NOT_VISIBLE: entry('Face not visible', 'against', 'The selfie shows no face, or it is turned away.'),
  MULTIPLE_FACES_SELFIE: entry(
    'Several people in the selfie',
    'against',
    'More than one living person is in the picture; posters do not count.',
  ),
  FACE_OBSTRUCTED: entry('Face covered', 'against', 'Mask, hand, hair or sunglasses cover features needed for the comparison.'),
  PRESENTATION_ATTACK: entry(
    'Presentation attack',
    'against',
    'A screen, print or mask is held to the camera: look for moiré, edges, flat light.',
  ),
  MEDIA_MANIPULATED: entry('Picture manipulated', 'against', 'The file was edited: seams, repeated texture, inconsistent shadows.'),
  ID_FORGED: entry('ID forged', 'against', 'Fonts, security pattern or portrait do not fit a genuine document of this kind.'),
  ID_NOT_PHYSICAL: entry('ID not physical', 'against', 'The document is shown on a screen or as a printed copy.'),
  ID_EXPIRED: entry('ID expired', 'against', 'The date of expiry lies before the day of submission.'),
  ID_UNSUPPORTED: entry('ID not accepted', 'against', 'This kind of document or issuing country is not accepted.'),
  ID_DAMAGED: entry('ID damaged', 'against', 'Cracks, holes or wear hide needed parts.'),
  ID_INCOMPLETE: entry('ID incomplete', 'against', 'A corner, line or side of the document is cut off.'),
  IMAGE_QUALITY: entry('Picture quality', 'against', 'Blur, glare, darkness or size make a judgement impossible.'),
  EVIDENCE_MISSING: entry('Evidence missing', 'against', 'A file of the record can no longer be fetched.'),
  NOT_A_DOCUMENT: entry('Not a document', 'against', 'The picture shows something else than an identity document.'),
  DATA_MISMATCH: entry('Data mismatch', 'against', 'Name, date of birth or number differ from what the customer stated.'),
  DUPLICATE_PERSON: entry('Duplicate person', 'against', 'The same face is already known under another identity.'),
  KNOWN_FRAUD: entry('Known fraud', 'against', 'Face, document or pattern is on file as fraudulent.'),
  UNDERAGE: entry('Under age', 'against', 'The document shows an age below the required one.'),
  FALSE_REJECT_QUALITY: entry('Machine misled by quality', 'approve', 'Same person; the machine failed on blur, light, angle or size.'),
  FALSE_REJECT_APPEARANCE_CHANGE: entry(
    'Appearance changed',
    'approve',
    'Same person; age, beard, glasses or hair changed the machine’s view.',
  ),
  GHOST_PORTRAIT_MISCOUNT: entry('Ghost portrait miscounted', 'approve', 'The further face on the ID is its own ghost portrait.'),
  ALTERNATE_EVIDENCE: entry('Other evidence', 'approve', 'Identity was established by other means; name them in the rationale.'),
  UPSTREAM_ERROR: entry('Machine error', 'approve', 'The machine’s result contradicts its own measurements or is evidently wrong.'),
  OTHER: entry('Other', 'both', 'None of the above. The rationale has to say what.'),
} as const satisfies Record<string, ReasonCodeEntry>;

export type ReasonCode = keyof typeof REASON_CODES;

export const REASON_CODE_NAMES = Object.keys(REASON_CODES).filter(isReasonCode);

export function isReasonCode(value: string): value is ReasonCode {
  return Object.hasOwn(REASON_CODES, value);
}

/** The machine said the opposite, or a further document was asked for although it was sure. */
export function isOverride(machineResult: MachineResult, outcome: DecisionOutcome): boolean {
  return (outcome === 'APPROVED') !== (machineResult === 'VERIFIED');
}

/** The reasons that may stand beside an outcome. Approving what the machine verified needs none, and offers none. */
export function reasonCodesFor(machineResult: MachineResult, outcome: DecisionOutcome): ReasonCode[] {
  if (outcome === 'APPROVED' && !isOverride(machineResult, outcome)) return [];
  const scope: Scope = outcome === 'APPROVED' ? 'approve' : 'against';
  return REASON_CODE_NAMES.filter((code) => REASON_CODES[code].scope === scope || REASON_CODES[code].scope === 'both');
}
