import { type Finding, findingsOf } from '@/lib/domain/finding';
import type { ReviewState, ReviewSummary } from '@/lib/domain/review';
import type { FaceCount, TechnicalCheck, Verification } from '@/lib/domain/verification';
import { isolatedText } from '@/lib/domain/visible-text';
import { formatTime } from '../ui/format-time';
import type { GridRecord } from './grid-record';

export const NOTHING = '–';

export const STATE_LABEL: Record<ReviewState, string> = {
  OPEN: 'Open',
  CLAIMED: 'Claimed',
  SNOOZED: 'Snoozed',
  ESCALATED: 'Escalated',
  PENDING_SECOND_REVIEW: 'Second review',
  RESOLVED: 'Resolved',
  REOPENED: 'Reopened',
};

/** Whose a case is: whoever holds it now, else whom it is meant for. */
export function whoseText({ state, claim, assignee }: ReviewSummary): string | null {
  if (state === 'CLAIMED' && claim) return claim.holderName;
  return assignee ? `for ${assignee.name}` : null;
}

export function notesText(count: number): string {
  return count === 1 ? '1 note' : `${count} notes`;
}

/** Who decided and when, or whose it is, and what the signs beside it mean: a line each. Empty where there is no more to tell. */
export function stateDetail({ review, missing }: GridRecord, zone: string): string {
  const gone = missing ? 'The upstream no longer has this record' : null;
  if (review.status !== 'known') return gone ?? '';
  const { decision, state, notes } = review.summary;
  const whose = whoseText(review.summary);
  const first = decision ? `${decision.by}, ${formatTime(decision.at, 'short', zone)}` : whose && `${STATE_LABEL[state]}, ${whose}`;
  return [first, notes > 0 ? notesText(notes) : null, gone].filter(Boolean).join('\n');
}

/** "2 / 1": faces the upstream counted on the ID and on the selfie; a dash for a number it did not give. */
export function facesText({ id, selfie }: FaceCount): string {
  return id === null && selfie === null ? NOTHING : `${id ?? NOTHING} / ${selfie ?? NOTHING}`;
}

/** What the upstream measured when it compared the two faces: "0.21", and the whole sentence for a hover. */
export function matchText(verification: Verification): { text: string; detail: string } {
  const check = verification.checks.find(({ kind }) => kind.toLowerCase() === 'face_match');
  if (!check) return { text: NOTHING, detail: 'The record holds no face comparison.' };
  const { value, threshold } = check.measure;
  if (value === null) return { text: NOTHING, detail: `No similarity was measured${because(check)}.` };
  const limit = threshold === null ? '' : `, threshold ${threshold}`;
  return { text: value.toFixed(2), detail: `Similarity ${value}${limit}: ${check.outcome}${because(check)}.` };
}

/** The first thing worth a look and how many more there are; what is normal counts only where there is nothing else. */
export function noticedOf(verification: Verification): { first: Finding; more: number; detail: string } | null {
  const findings = findingsOf(verification);
  const warnings = findings.filter(({ weight }) => weight === 'warning');
  const told = warnings.length > 0 ? warnings : findings;
  const [first] = told;
  return first ? { first, more: told.length - 1, detail: told.map(({ detail }) => isolatedText(detail)).join('\n') } : null;
}

function because({ reason }: TechnicalCheck): string {
  return reason ? ` (${isolatedText(reason)})` : '';
}
