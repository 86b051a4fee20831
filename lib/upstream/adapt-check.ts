import type { Measure, Outcome, TechnicalCheck } from '@/lib/domain/verification';
import { listedFaces } from './adapt-faces';
import { isFaceDetection, kindOf } from './check-kind';
import { count, finite, listOf, member, size, text } from './read-value';

/** Kinds whose outcome is understood here, in the upstream's newer spelling; case does not matter. */
const KNOWN_KINDS = new Set(['face_detection', 'face_match', 'liveness', 'anti_spoofing', 'id_quality']);

const WORDS: Record<string, Outcome> = { pass: 'pass', passed: 'pass', fail: 'fail', failed: 'fail' };

/** The entries of `technicalChecks`, in both shapes it comes in; an entry of an unknown kind never counts as passed. */
export function adaptChecks(entries: unknown[]): TechnicalCheck[] {
  return entries.map((raw) => {
    const kind = kindOf(raw);
    const known = KNOWN_KINDS.has(kind.toLowerCase());
    return {
      kind: kind || 'unnamed',
      known,
      outcome: known ? (statedOutcome(raw) ?? (isFaceDetection(raw) ? facesFound(raw) : 'unknown')) : 'unknown',
      measure: measureOf(raw),
      frameTimeMs: size(member(raw, 'frameTimeMs')),
      reason: reasonOf(raw),
      raw,
    };
  });
}

// Where an entry says it twice and differently, the worse word holds; a word not in the list is unknown.
function statedOutcome(entry: unknown): Outcome | null {
  const said = [member(entry, 'outcome'), member(entry, 'status')].filter((word) => word !== undefined && word !== null);
  if (said.length === 0) return null;
  const outcomes = said.map((word) => WORDS[text(word).toLowerCase()] ?? 'unknown');
  if (outcomes.includes('fail')) return 'fail';
  return outcomes.includes('unknown') ? 'unknown' : 'pass';
}

// Face detection mostly states no outcome, it only counts: it succeeded when both files show a face.
function facesFound(entry: unknown): Outcome {
  const sides = [
    found(listedFaces(entry, 'idFaces'), member(member(entry, 'faceCount'), 'id')),
    found(listedFaces(entry, 'selfieFaces'), member(member(entry, 'faceCount'), 'selfie')),
  ];
  if (sides.includes('fail')) return 'fail';
  return sides.includes('unknown') ? 'unknown' : 'pass';
}

function found(listed: unknown, counted: unknown): Outcome {
  const numbers = [Array.isArray(listed) ? listOf(listed).length : null, count(counted)].filter((number) => number !== null);
  if (numbers.length === 0) return 'unknown';
  if (numbers.every((number) => number > 0)) return 'pass';
  return numbers.every((number) => number === 0) ? 'fail' : 'unknown';
}

function measureOf(entry: unknown): Measure {
  const read = (key: string) => finite(member(entry, key)) ?? finite(member(member(entry, 'details'), key));
  return { value: read('similarity') ?? read('score') ?? read('confidence'), threshold: read('threshold') };
}

const REASON_MAX = 300;
/** Members of `details` that are shown elsewhere. */
const SHOWN = new Set(['reason', 'message', 'similarity', 'score', 'confidence', 'threshold']);

/** What the entry says about its outcome: its own sentence, and the single facts beside it (`spoofType`, members of `details`). */
function reasonOf(entry: unknown): string | null {
  const details = member(entry, 'details');
  const said = [member(entry, 'reason'), member(details, 'reason'), member(entry, 'message'), member(details, 'message'), details];
  const sentence = said.map((candidate) => (typeof candidate === 'string' ? text(candidate) : '')).find((candidate) => candidate !== '');
  const facts = [...factOf('spoofType', member(entry, 'spoofType')), ...factsOf(details)];
  const parts = [...(sentence === undefined ? [] : [sentence]), ...facts];
  return parts.length === 0 ? null : parts.join('; ').slice(0, REASON_MAX).toWellFormed();
}

function factsOf(details: unknown): string[] {
  if (typeof details !== 'object' || details === null || Array.isArray(details)) return [];
  return Object.entries(details).flatMap(([name, value]) => (SHOWN.has(name) ? [] : factOf(name, value)));
}

function factOf(name: string, value: unknown): string[] {
  const isFact = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isFact && value !== '' ? [`${text(name)}: ${typeof value === 'boolean' ? value : text(value)}`] : [];
}
