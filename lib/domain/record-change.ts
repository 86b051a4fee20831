import type { Decision } from './decision';
import type { Finding } from './finding';
import { isOverride } from './reason-codes';
import type { RecordDifference } from './record-difference';
import type { MachineResult } from './verification';
import { visibleText } from './visible-text';

/** How the record of a case differs from the one its decision was made on. Times are milliseconds since 1970. */
export interface RecordChange {
  decisionId: string;
  /**
   * `changed`: the upstream sends another record. `gone`: it no longer has the record. `returned`: it sent another one for a while and
   * now sends the one that was decided on again.
   */
  kind: 'changed' | 'gone' | 'returned';
  /** When this console first saw the change; null when that was not recorded. */
  at: number | null;
  /** When it first saw the record as decided again; null unless it returned. */
  returnedAt: number | null;
  /** What the change does to the decision's standing as an override. */
  override: OverrideShift | null;
  /** In what the present record differs; for `returned`, in what the other one did. Null when the record as decided is not kept here. */
  differences: RecordDifference[] | null;
}

/**
 * `became-override`: it agreed with the automated result, now contradicts it, and was not reviewed as an override.
 * `no-longer-override`: it contradicted the automated result and now agrees with it.
 */
export type OverrideShift = 'became-override' | 'no-longer-override';

/** Returns what another automated result makes of a decision's standing as an override. Pure. */
export function overrideShift(decision: Pick<Decision, 'isOverride' | 'outcome'>, present: MachineResult): OverrideShift | null {
  const now = isOverride(present, decision.outcome);
  if (now === decision.isOverride) return null;
  return now ? 'became-override' : 'no-longer-override';
}

const SHIFT_SENTENCE: Record<OverrideShift, string> = {
  'became-override': 'The decision now contradicts the automated result, and nobody reviewed it as an override.',
  'no-longer-override': 'The decision was an override and now agrees with the automated result.',
};

/** The sentences that say what happened to the record and to the decision's standing. Pure. */
export function changeSentences({ kind, override }: RecordChange): string[] {
  const what = {
    changed: 'The verification service replaced this record after the decision. The decision was made on the earlier record.',
    gone: 'The verification service no longer has this record. The decision was made while it did.',
    returned:
      'The verification service sent another record for a while after the decision. It now sends the record the decision was made on again.',
  }[kind];
  return [what, ...(override ? [SHIFT_SENTENCE[override]] : [])];
}

/** One line for exports: what happened, and each difference with both sides. Pure. */
export function changeLine(change: RecordChange): string {
  const differences = change.differences?.map(differenceText) ?? ['The earlier record is not kept here, so the differences are unknown.'];
  return [...changeSentences(change), ...differences].join(' ');
}

/** A difference as a sentence: `Automated result: Verified, now Not verified.` Pure. */
export function differenceText({ subject, before, after }: RecordDifference): string {
  const [name, was, is] = [subject, before ?? 'none', after ?? 'none'].map(visibleText);
  return `${name}: ${was}, now ${is}.`;
}

/** Returns whether the present record is not the one decided on. Pure. */
export function isChanged(change: RecordChange | null): boolean {
  return change !== null && change.kind !== 'returned';
}

/** The finding of a case whose record is not the one decided on; none for a record that returned. Pure. */
export function changeFindings(change: RecordChange | null): Finding[] {
  if (change === null || !isChanged(change)) return [];
  const label = change.kind === 'gone' ? 'record gone after decision' : 'record changed after decision';
  return [{ kind: 'record-changed', weight: 'warning', label, detail: changeSentences(change).join(' ') }];
}
