import type { Face, MachineResult, TechnicalCheck, Verification } from './verification';

/** One thing in which two versions of a record differ. `before` or `after` is null where that version holds none. */
export interface RecordDifference {
  subject: string;
  before: string | null;
  after: string | null;
}

/** Longest text of one side; a tag may hold a page. */
const TEXT_MAX = 160;
/** How much of a long text is shown before the place where it begins to differ. */
const LEAD = 40;

/**
 * Everything in which two versions of a record differ, what matters most to a decision first: the automated result, the checks, the
 * files, the tags, the faces, the rest. Landmarks and boxes are counted, not listed. Pure.
 */
export function recordDifferences(before: Verification, after: Verification): RecordDifference[] {
  return [
    ...differing('Automated result', RESULT_LABEL[before.machineResult], RESULT_LABEL[after.machineResult]),
    ...checkDifferences(before.checks, after.checks),
    ...fileDifferences(before, after),
    ...tagDifferences(before, after),
    ...faceDifferences(before, after),
    ...(['model', 'modelVersion'] as const).flatMap((key) =>
      differing(key === 'model' ? 'Model' : 'Model version', before[key], after[key]),
    ),
    ...differing('Received', timeText(before.receivedAt), timeText(after.receivedAt)),
    ...differing('Received, as text', before.receivedIso, after.receivedIso),
  ];
}

const RESULT_LABEL: Record<MachineResult, string> = { VERIFIED: 'Verified', NOT_VERIFIED: 'Not verified' };

function differing(subject: string, before: string | null, after: string | null): RecordDifference[] {
  const [was, is] = [before || null, after || null];
  if (was === is) return [];
  const from = Math.max(was?.length ?? 0, is?.length ?? 0) > TEXT_MAX ? Math.max(0, firstDifference(was ?? '', is ?? '') - LEAD) : 0;
  return [{ subject, before: clipped(was, from), after: clipped(is, from) }];
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

function clipped(text: string | null, from: number): string | null {
  if (text === null) return null;
  const part = text.slice(from, from + TEXT_MAX).toWellFormed();
  return `${from > 0 ? '…' : ''}${part}${from + TEXT_MAX < text.length ? '…' : ''}`;
}

function checkDifferences(before: readonly TechnicalCheck[], after: readonly TechnicalCheck[]): RecordDifference[] {
  const [was, is] = [byKind(before), byKind(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name) => {
    const [old, now] = [was.get(name), is.get(name)];
    const said = differing(`Check ${name}`, old ? checkText(old) : null, now ? checkText(now) : null);
    if (said.length > 0 || !old || !now || isFaceDetection(old) || JSON.stringify(old.raw) === JSON.stringify(now.raw)) return said;
    return [{ subject: `Check ${name}`, before: 'details as they were', after: 'other details' }];
  });
}

// The same kind may come more than once; the second is "liveness 2".
function byKind(checks: readonly TechnicalCheck[]): Map<string, TechnicalCheck> {
  const named = new Map<string, TechnicalCheck>();
  for (const check of checks) {
    const kind = check.kind.toLowerCase();
    let [name, number] = [kind, 1];
    while (named.has(name)) name = `${kind} ${++number}`;
    named.set(name, check);
  }
  return named;
}

function checkText({ outcome, measure: { value, threshold }, reason }: TechnicalCheck): string {
  const measured = value === null ? '' : `, measured ${value}`;
  const needed = threshold === null ? '' : `, threshold ${threshold}`;
  return `${outcome}${measured}${needed}${reason ? `: ${reason}` : ''}`;
}

const isFaceDetection = ({ kind }: TechnicalCheck) => kind.toLowerCase() === 'face_detection';

function fileDifferences(before: Verification, after: Verification): RecordDifference[] {
  const listed = ({ files }: Verification, side: 'id' | 'face') =>
    files
      .filter(({ category }) => category === side)
      .map(({ name, fileName, size, contentType }) =>
        [name ?? 'no usable name', fileName, size === null ? null : `${size} bytes`, contentType].filter(Boolean).join(', '),
      )
      .join('; ');
  const stated = (record: Verification, side: 'id' | 'face') => {
    const [name, size, type] =
      side === 'id'
        ? [record.idFileName, record.idFileSize, record.idFileType]
        : [record.selfieFileName, record.selfieFileSize, record.selfieFileType];
    return [name, size === null ? null : `${size} bytes`, type].filter(Boolean).join(', ');
  };
  return (['id', 'face'] as const).flatMap((side) => {
    const label = side === 'id' ? 'ID document' : 'Selfie';
    return [
      ...differing(`${label} file`, listed(before, side), listed(after, side)),
      ...differing(`${label} as submitted`, stated(before, side), stated(after, side)),
    ];
  });
}

function tagDifferences(before: Verification, after: Verification): RecordDifference[] {
  const valuesOf = ({ tags }: Verification) => {
    const values = new Map<string, string[]>();
    for (const { name, value } of tags) values.set(name, [...(values.get(name) ?? []), value]);
    return values;
  };
  const [was, is] = [valuesOf(before), valuesOf(after)];
  const text = (values: string[] | undefined) => (values ? values.toSorted().join(', ') || '(empty)' : null);
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name) => differing(`Tag ${name}`, text(was.get(name)), text(is.get(name))));
}

function faceDifferences(before: Verification, after: Verification): RecordDifference[] {
  return (['id', 'face'] as const).flatMap((side) => {
    const [was, is] = [before, after].map(({ faces }) => faces.filter(({ category }) => category === side));
    const [stated, statedNow] = [before, after].map(({ faceCount }) => faceCount[side === 'id' ? 'id' : 'selfie']);
    const label = `Faces on the ${side === 'id' ? 'ID document' : 'selfie'}`;
    const count = (faces: Face[] | undefined, said: number | null | undefined) =>
      `${faces?.length ?? 0} listed${said === null || said === undefined ? '' : `, ${said} stated`}`;
    const counted = differing(label, count(was, stated), count(is, statedNow));
    if (counted.length > 0 || !was || !is) return counted;
    const moved = was.filter((face, at) => JSON.stringify(placeOf(face)) !== JSON.stringify(is[at] && placeOf(is[at]))).length;
    return moved === 0
      ? []
      : [{ subject: label, before: `${was.length} listed`, after: `${moved} with another place, landmarks or confidence` }];
  });
}

const placeOf = ({ box, landmarks, confidence, brokenLandmarks }: Face) => [
  box,
  Object.entries(landmarks).toSorted(),
  confidence,
  brokenLandmarks,
];

const timeText = (at: number | null) => (at === null ? null : new Date(at).toISOString());
