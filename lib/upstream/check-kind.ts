import { member, text } from './read-value';

/** The upstream's own word for an entry of `technicalChecks`, in either of its two shapes; '' when it has none. */
export function kindOf(entry: unknown): string {
  return text(member(entry, 'checkType')) || text(member(entry, 'type'));
}

/** Whether an entry lists faces. */
export function isFaceDetection(entry: unknown): boolean {
  return kindOf(entry).toLowerCase() === 'face_detection';
}

/**
 * The entries of `technicalChecks`: of a list as they are. Of an object each member is one, of the kind its key names unless it says
 * otherwise itself; an object that states a kind is the only entry.
 */
export function checkEntries(checks: unknown): unknown[] {
  if (Array.isArray(checks)) return checks;
  if (typeof checks !== 'object' || checks === null) return [];
  if (kindOf(checks) !== '') return [checks];
  return Object.entries(checks).map(([key, value]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { checkType: key, status: value };
    return kindOf(value) === '' ? { checkType: key, ...value } : value;
  });
}
