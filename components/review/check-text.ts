import type { FaceCount, TechnicalCheck } from '@/lib/domain/verification';

const TITLES: Record<string, string> = {
  face_detection: 'Face detection',
  face_match: 'Face match',
  anti_spoofing: 'Anti-spoofing',
  liveness: 'Liveness',
  id_quality: 'ID quality',
};

/** A known kind in words; an unknown one exactly as the upstream spells it. */
export function checkTitle({ kind, known }: TechnicalCheck): string {
  return (known && TITLES[kind.toLowerCase()]) || kind;
}

/** What was measured, as one sentence without a full stop; null when the check says nothing that is understood. */
export function checkSentence(check: TechnicalCheck, counts: FaceCount): string | null {
  if (check.kind.toLowerCase() === 'face_detection') {
    const count = (value: number | null) => (value === null ? 'an unknown number' : String(value));
    return `${count(counts.id)} on the ID, ${count(counts.selfie)} on the selfie${frameText(check)}`;
  }
  const { value, threshold } = check.measure;
  if (value === null) return null;
  const digits = Math.max(...[threshold, Math.sign(value)].map((other) => (other === null ? DIGITS : digitsToTell(value, other))));
  const needed = threshold === null ? '' : `, needed ${format(threshold, digits)}`;
  return `${measureWord(check.raw)} ${format(value, digits)}${needed}${frameText(check)}`;
}

function frameText({ frameTimeMs }: TechnicalCheck): string {
  return frameTimeMs === null ? '' : `, frame at ${(frameTimeMs / 1000).toFixed(2)} s`;
}

/** Value and threshold as shares of a bar, 0..1; null when there is no value or it is on no scale of 0 to 1. */
export function meterOf({ measure: { value, threshold } }: TechnicalCheck): { value: number; threshold: number | null } | null {
  if (value === null || value > 1 || value < -1) return null;
  const mark = threshold !== null && threshold >= 0 && threshold <= 1 ? threshold : null;
  return { value: Math.max(0, value), threshold: mark };
}

function measureWord(raw: unknown): string {
  const text = JSON.stringify(raw) ?? '';
  return ['similarity', 'score', 'confidence'].find((word) => text.includes(`"${word}":`)) ?? 'value';
}

const DIGITS = 3;

// Two numbers that differ never read the same: on which side of a threshold a value lies is what the sentence is for, and 0.9997
// is not 1.
function digitsToTell(value: number, other: number): number {
  let digits = DIGITS;
  while (digits < 12 && value !== other && value.toFixed(digits) === other.toFixed(digits)) digits++;
  return digits;
}

function format(value: number, digits: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(digits).replace(/0+$/, '').replace(/\.$/, '');
}
