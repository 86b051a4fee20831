import { member, text } from './read-value';

/** The upstream's own word for an entry of `technicalChecks`, in either of its two shapes; '' when it has none. */
export function kindOf(entry: unknown): string {
  return text(member(entry, 'checkType')) || text(member(entry, 'type'));
}

/** Whether an entry lists faces. */
export function isFaceDetection(entry: unknown): boolean {
  return kindOf(entry).toLowerCase() === 'face_detection';
}
