import type { ComparisonSeen } from '@/lib/domain/comparison-view';
import type { DecisionView } from '@/lib/domain/decision-view';

/** How the two pictures lie, without the comparison of their faces. */
export type PicturesSeen = Omit<DecisionView, 'comparison'>;

// By case, so that what is decided can never carry the view of another one.
const pictures = new Map<number, () => PicturesSeen>();
const comparisons = new Map<number, () => ComparisonSeen | null>();

/** Tells how the pictures of a case can be asked how they lie, for as long as they are shown. Answers how to take it back. */
export function offerView(caseId: number, read: () => PicturesSeen): () => void {
  return offer(pictures, caseId, read);
}

/** The same for the comparison of its faces; `read` answers null while there is no pair. */
export function offerComparison(caseId: number, read: () => ComparisonSeen | null): () => void {
  return offer(comparisons, caseId, read);
}

/** How pictures and comparison of a case lie before the reviewer at this moment; null when they are not shown. */
export function viewInUse(caseId: number): DecisionView | null {
  const seen = pictures.get(caseId)?.();
  return seen ? { ...seen, comparison: comparisons.get(caseId)?.() ?? null } : null;
}

function offer<Seen>(inUse: Map<number, () => Seen>, caseId: number, read: () => Seen): () => void {
  inUse.set(caseId, read);
  return () => {
    if (inUse.get(caseId) === read) inUse.delete(caseId);
  };
}
