import { contradictionsOf } from './contradictions';
import { problemSentence } from './evidence-problem';
import { type EvidenceState, unacknowledged } from './evidence-state';
import { boxSize } from './geometry';
import { isoDifference, isZoneOffset } from './iso-zone';
import { isGhostOf, portraitOf } from './main-face';
import { facesOf, fileNames, LANDMARK_NAMES, type Verification } from './verification';

/** What the console notices beside a record, in its files and its history; no record carries these in itself. */
export const NOTICED_KINDS = ['drift', 'record-changed', 'file-missing'] as const;

export const FINDING_KINDS = [
  'contradiction',
  'face-count-mismatch',
  'no-face-on-id',
  'no-face-on-selfie',
  'several-selfie-faces',
  'ghost-portrait',
  'low-confidence',
  'small-face',
  'box-unusable',
  'landmarks-missing',
  'several-tag-values',
  'unknown-check',
  'timestamp-disagreement',
  'missing-file',
  ...NOTICED_KINDS,
] as const;

export type FindingKind = (typeof FINDING_KINDS)[number];

/** Something the console noticed. `note` is normal and only worth knowing; `warning` deserves a look. */
export interface Finding {
  kind: FindingKind;
  weight: 'note' | 'warning';
  /** One short phrase for a badge. */
  label: string;
  /** One sentence that says what was seen. */
  detail: string;
}

/** Faces below this confidence are called uncertain. */
export const LOW_CONFIDENCE = 0.9;
/** Faces below this many pixels across carry too little for a comparison by eye. */
export const SMALL_FACE_PX = 80;

/** Everything the console notices in a record itself, in a fixed order; what shows only in its files is `evidenceFindings`. Pure. */
export function findingsOf(verification: Verification): Finding[] {
  return [
    ...contradictions(verification),
    ...faceNumbers(verification),
    ...faceQuality(verification),
    ...tagsAndChecks(verification),
    ...timeAndFiles(verification),
  ];
}

/** Fingerprints (hex sha256) of both files at a decision; null for one that was never seen whole. */
export interface DecidedOn {
  idSha256: string | null;
  selfieSha256: string | null;
}

/** Members of a file's state that findings are made of. */
export type EvidenceFacts = Pick<EvidenceState, 'name' | 'state' | 'sha256' | 'problem' | 'others'>;

/**
 * Evidence that is no longer what it was: a file that holds other bytes than when it was first seen, or held them for a time that nobody
 * acknowledged; one whose content is not what the decision in force was made on; and one the verification service no longer delivers. Pure.
 */
export function evidenceFindings(files: readonly EvidenceFacts[], decided: DecidedOn | null): Finding[] {
  const known = [decided?.idSha256, decided?.selfieSha256].filter((hash) => typeof hash === 'string');
  return files.flatMap((file) => [...mismatch(file, known.length === 2 ? known : null), ...missing(file)]);
}

/**
 * The same of all files a record names. A decision is made on the first file of each side, so further files are compared with what was
 * first seen of them only. Pure.
 */
export function findingsOfFiles(record: Pick<Verification, 'files'>, seen: readonly EvidenceFacts[], decided: DecidedOn | null): Finding[] {
  const { id, face } = fileNames(record);
  const isShown = ({ name }: EvidenceFacts) => name === id || name === face;
  return [
    ...evidenceFindings(seen.filter(isShown), decided),
    ...evidenceFindings(
      seen.filter((file) => !isShown(file)),
      null,
    ),
  ];
}

function* mismatch(file: EvidenceFacts, decided: readonly string[] | null): Generator<Finding> {
  const { name, sha256 } = file;
  const [open] = unacknowledged(file).toReversed();
  if (open && open.until === null)
    yield mismatched(`${name} no longer holds the bytes it held when it was first seen here, since ${utc(open.from)} or before.`);
  else if (open)
    yield mismatched(
      `${name} held other bytes between ${utc(open.from)} and ${utc(open.until ?? open.from)}, and now holds its original bytes again. Nobody has acknowledged that yet.`,
    );
  if (decided && sha256 !== null && !decided.includes(sha256)) yield mismatched(`${name} is not the file the decision was made on.`);
}

function* missing({ name, state, problem }: EvidenceFacts): Generator<Finding> {
  if (state === 'lost') yield warning('file-missing', 'file lost', `${name}: ${problemSentence(problem ?? '')}`);
}

const mismatched = (detail: string) => warning('drift', 'evidence mismatch', detail);
const utc = (at: number) => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

const warning = (kind: FindingKind, label: string, detail: string): Finding => ({ kind, weight: 'warning', label, detail });
const note = (kind: FindingKind, label: string, detail: string): Finding => ({ kind, weight: 'note', label, detail });

function* contradictions(verification: Verification): Generator<Finding> {
  const { faceCount, faces } = verification;
  const [first, ...more] = contradictionsOf(verification);
  if (first !== undefined) yield warning('contradiction', 'contradiction', [first, ...more].join(' '));
  for (const side of ['id', 'selfie'] as const) {
    const listed = faces.filter((face) => face.category === (side === 'id' ? 'id' : 'face')).length;
    const counted = faceCount[side];
    if (counted === null || counted === listed) continue;
    const where = side === 'id' ? 'ID document' : 'selfie';
    yield warning('face-count-mismatch', 'face count differs', `The record counts ${counted} on the ${where} but lists ${listed}.`);
  }
}

function* faceNumbers(verification: Verification): Generator<Finding> {
  const onId = facesOf(verification, 'id').length;
  const onSelfie = facesOf(verification, 'face').length;
  if (onId === 0) yield warning('no-face-on-id', 'no face on ID', 'No face is listed for the ID document.');
  if (onSelfie === 0) yield warning('no-face-on-selfie', 'no face on selfie', 'No face is listed for the selfie.');
  if (onSelfie > 1) yield warning('several-selfie-faces', 'several selfie faces', `${onSelfie} faces are listed for the selfie.`);
  yield* facesOnDocument(verification);
}

function* facesOnDocument(verification: Verification): Generator<Finding> {
  const faces = facesOf(verification, 'id');
  if (faces.length < 2) return;
  const portrait = portraitOf(verification);
  const others = faces.filter((face) => face !== portrait);
  if (others.length === 1 && others.every((face) => isGhostOf(face, portrait)))
    yield note(
      'ghost-portrait',
      'ghost portrait (expected)',
      'The second face on the ID is clearly smaller: a ghost portrait, as many documents carry.',
    );
  else if (others.length === 1)
    yield warning(
      'ghost-portrait',
      'two faces on ID',
      'The second face on the ID is not clearly smaller than the portrait, so it is no ghost portrait.',
    );
  else yield warning('ghost-portrait', `${faces.length} faces on ID`, `${faces.length} faces are listed for the ID document.`);
}

function* faceQuality(verification: Verification): Generator<Finding> {
  for (const category of ['id', 'face'] as const) {
    const faces = facesOf(verification, category);
    const where = category === 'id' ? 'ID' : 'selfie';
    const uncertain = faces.filter((face) => face.confidence !== null && face.confidence < LOW_CONFIDENCE);
    const unstated = faces.filter((face) => face.confidence === null);
    const said = [
      uncertain.length > 0 ? `${named(uncertain)}: confidence under ${LOW_CONFIDENCE}.` : '',
      unstated.length > 0 ? `${named(unstated)}: confidence not given.` : '',
    ];
    if (uncertain.length + unstated.length > 0)
      yield warning('low-confidence', `uncertain face on ${where}`, said.filter((sentence) => sentence !== '').join(' '));
    const widest = Math.max(0, ...faces.map((face) => (face.box ? boxSize(face.box).width : 0)));
    if (widest > 0 && widest < SMALL_FACE_PX)
      yield warning(
        'small-face',
        `small face on ${where}`,
        `The largest face is ${Math.round(widest)} px wide; under ${SMALL_FACE_PX} px little can be compared.`,
      );
    const unusable = faces.filter((face) => face.boxProblem !== null);
    if (unusable.length > 0)
      yield warning('box-unusable', `odd box on ${where}`, `${named(unusable)}: ${unusable.map((face) => face.boxProblem).join(', ')}.`);
    const partial = faces.filter((face) => LANDMARK_NAMES.some((name) => !face.landmarks[name]));
    if (partial.length > 0)
      yield warning('landmarks-missing', `landmarks missing on ${where}`, `${named(partial)}: not all five landmarks are given.`);
  }
}

function* tagsAndChecks({ tags, checks }: Verification): Generator<Finding> {
  const names = new Set(tags.map((tag) => tag.name));
  for (const name of names) {
    const values = new Set(tags.filter((tag) => tag.name === name).map((tag) => tag.value));
    if (values.size > 1)
      yield warning('several-tag-values', `several values of ${name}`, `The tag ${name} has ${values.size} different values.`);
  }
  const unknown = checks.filter((check) => !check.known);
  if (unknown.length > 0)
    yield note('unknown-check', 'unknown check', `Not understood here, shown as sent: ${unknown.map((check) => check.kind).join(', ')}.`);
}

function* timeAndFiles({ receivedAt, receivedIso, files }: Verification): Generator<Finding> {
  const difference = isoDifference({ receivedAt, receivedIso });
  if (difference !== null && !isZoneOffset(difference))
    yield note('timestamp-disagreement', 'times disagree', `timestampISO reads ${receivedIso}; the Unix timestamp is taken as right.`);
  for (const category of ['id', 'face'] as const) {
    const file = files.find((candidate) => candidate.category === category);
    const where = category === 'id' ? 'ID' : 'selfie';
    if (!file?.name) yield warning('missing-file', `no ${where} file`, `The record names no file that could be fetched for the ${where}.`);
  }
}

const named = (faces: { number: number }[]) => faces.map((face) => `face ${face.number}`).join(', ');
