import type { TechnicalCheck, Verification } from './verification';

const isFaceDetection = ({ kind }: TechnicalCheck) => kind.toLowerCase() === 'face_detection';

/**
 * What an automated result and its checks say against each other, one sentence each: a result its checks do not support, and a check
 * its own numbers do not support. Pure. An unknown outcome supports nothing.
 */
export function contradictionsOf({ machineResult, checks }: Pick<Verification, 'machineResult' | 'checks'>): string[] {
  return [...resultAgainstChecks(machineResult, checks), ...checks.flatMap(outcomeAgainstNumbers)];
}

function resultAgainstChecks(machineResult: Verification['machineResult'], checks: readonly TechnicalCheck[]): string[] {
  if (machineResult === 'NOT_VERIFIED') {
    // Faces that were found say nothing about whose they are: a record that lists no other check does not say why it failed.
    const allPassed = checks.some((check) => !isFaceDetection(check)) && checks.every(({ outcome }) => outcome === 'pass');
    return allPassed ? ['The automated result is not verified, yet every check passed.'] : [];
  }
  if (checks.length === 0) return ['The automated result is verified, yet the record holds no technical check.'];
  const doubtful = checks.filter((check) => check.outcome === 'fail' || (check.outcome === 'unknown' && !isFaceDetection(check)));
  if (doubtful.length === 0) return [];
  const kinds = doubtful.map((check) => `${check.kind} (${check.outcome})`).join(', ');
  return [`The automated result is verified, yet not every check passed: ${kinds}.`];
}

// A check may fail above its threshold for another reason it measures; it cannot pass below it. A match has no other reason.
function outcomeAgainstNumbers({ kind, outcome, measure: { value, threshold } }: TechnicalCheck): string[] {
  if (value === null || threshold === null) return [];
  if (outcome === 'pass' && value < threshold) return [`${kind} passed with ${value}, below its threshold of ${threshold}.`];
  if (outcome === 'fail' && value >= threshold && kind.toLowerCase() === 'face_match')
    return [`${kind} failed with ${value}, not below its threshold of ${threshold}.`];
  return [];
}
