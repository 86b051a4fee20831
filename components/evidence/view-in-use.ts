import type { DecisionView } from '@/lib/domain/decision-view';

// By case, so that what is decided can never carry the view of another one.
const inUse = new Map<number, () => DecisionView>();

/** Tells how the pictures of a case can be asked how they lie, for as long as they are shown. Answers how to take it back. */
export function offerView(caseId: number, read: () => DecisionView): () => void {
  inUse.set(caseId, read);
  return () => {
    if (inUse.get(caseId) === read) inUse.delete(caseId);
  };
}

/** How the pictures of a case lie before the reviewer at this moment; null when they are not shown. */
export function viewInUse(caseId: number): DecisionView | null {
  return inUse.get(caseId)?.() ?? null;
}
