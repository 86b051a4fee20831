import type { Actor } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import { recordCaseView } from './record-case-view';

/** Does the work. A refusal whose details describe the case counts as a view of it, so the view is recorded before it is thrown. */
export async function withViewInRefusal<Result>(actor: Actor, verificationId: number, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (failure) {
    if (failure instanceof Refusal && TELLING.has(failure.code)) await recordCaseView(actor, verificationId);
    throw failure;
  }
}

const TELLING = new Set<string>(['record-changed', 'evidence-changed', 'evidence-unchecked']);
