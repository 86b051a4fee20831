'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import type { ChangeView } from '@/lib/domain/change/change-view';
import type { Decision } from '@/lib/domain/decision';
import { useShortcuts } from '../keyboard/use-shortcuts';
import type { CaseData } from '../review/case-data';
import { ApprovalDetail } from './approval-detail';
import { ChangeDetail } from './change-detail';
import { ChangeRow } from './change-row';
import { changeHref } from './change-words';
import { ProposalRow } from './proposal-row';
import { Row } from './row';
import { SettledChanges } from './settled-changes';

export interface ApprovalsScreenProps {
  approvals: { decision: Decision; secondPerson: string; own: boolean; blocked: string | null; recordChanged: boolean }[];
  /** Changes that wait for a second reviewer, oldest first, and the newest that no longer do. */
  changes: { waiting: ChangeView[]; settled: ChangeView[]; mayAnswer: boolean };
  /** The change the address names. */
  shownChange: ChangeView | null;
  /** Cases selected for a blind re-review; empty for a viewer who may not take them. */
  qaCases: number[];
  agreement: { reviewed: number; agreed: number; waiting: number };
  /** Cases whose record changed after their decision. */
  changed: { value: number; capped: boolean };
  /** The case of the proposal the address names, with its evidence; null before one was chosen. */
  shown: CaseData | null;
}

/** The list of those cases; also a view the demo shares. */
const CHANGED = '/verifications?source=index&finding=record-changed&direction=asc';

const hrefOf = (id: number) => `/approvals?case=${id}`;

/**
 * Shows what waits for a second reviewer: decisions, with the evidence of the chosen one beside them, changes to the console itself, and
 * cases for QA review. Evidence is fetched only once somebody chose a decision: the list alone shows no people.
 */
export function ApprovalsScreen({ approvals, changes, qaCases, agreement, changed, shown, shownChange }: ApprovalsScreenProps) {
  const router = useRouter();
  const list = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const hrefs = [
    ...approvals.map(({ decision }) => hrefOf(decision.verificationId)),
    ...changes.waiting.map(({ id }) => changeHref(id)),
    ...qaCases.map((id) => `/verifications/${id}?blind=1`),
  ];
  const firstQa = approvals.length + changes.waiting.length;
  const chosen = hrefs.indexOf(shown ? hrefOf(shown.id) : shownChange ? changeHref(shownChange.id) : '');
  const beside = shown !== null || shownChange !== null;
  const [focused, setFocused] = useState(-1);
  const current = focused >= 0 ? focused : chosen;
  const move = (step: number) => {
    const next = Math.max(0, Math.min(hrefs.length - 1, current + step));
    const href = hrefs[next];
    if (href === undefined) return;
    setFocused(next);
    list.current?.querySelectorAll<HTMLAnchorElement>('a[data-row]')[next]?.focus({ preventScroll: false });
    if (next < firstQa) router.replace(href, { scroll: false });
  };
  const open = () => {
    const href = hrefs[current];
    if (href) router.push(href);
  };
  useShortcuts('list', {
    'next-entry': () => move(1),
    'previous-entry': () => move(-1),
    // With a proposal on the screen Enter confirms the answer to it.
    'open-entry': beside && current === chosen ? undefined : open,
  });
  const answered = (sentence: string) => {
    setSaid(sentence);
    setFocused(-1);
    const answerable = [...approvals.map(({ blocked }) => blocked === null), ...changes.waiting.map(({ obstacle }) => obstacle === null)];
    const rest = hrefs.filter((_, index) => index !== chosen && answerable[index]);
    const after = rest.find((href) => hrefs.indexOf(href) > chosen) ?? rest[0];
    if (after) router.replace(after, { scroll: false });
    else router.replace('/approvals');
    router.refresh();
  };

  return (
    <div className={beside ? 'flex min-h-0 flex-1 lg:h-[calc(100dvh-44px-var(--notices,0px))] lg:flex-none' : 'mx-auto w-full max-w-5xl'}>
      <div
        ref={list}
        className={
          beside
            ? 'w-[320px] shrink-0 overflow-y-auto border-line border-r bg-surface px-3 py-4 max-lg:hidden'
            : 'w-full px-3 py-4 sm:px-6 sm:py-6'
        }
      >
        <h1 className="font-semibold text-xl">Approvals</h1>
        <p className="text-muted">
          {approvals.length === 0
            ? 'No decision waits for a second reviewer.'
            : `${countOf(approvals.length, 'decision')} to answer, oldest first.`}
        </p>
        <ul className="mt-3 overflow-hidden rounded-lg border border-line bg-surface empty:hidden">
          {approvals.map((proposal, index) => (
            <li key={proposal.decision.id} className="border-line border-b last:border-b-0">
              <Row href={hrefs[index] ?? ''} current={index === current} onFocus={() => setFocused(index)}>
                <ProposalRow {...proposal} />
              </Row>
            </li>
          ))}
        </ul>

        <h2 className="mt-8 font-semibold text-lg">Changes</h2>
        <p className="text-muted">
          {changes.waiting.length === 0
            ? 'No change waits for a second reviewer.'
            : `${countOf(changes.waiting.length, 'change')} waiting, oldest first. A change takes effect once a second reviewer agrees.`}
        </p>
        <ul className="mt-3 overflow-hidden rounded-lg border border-line bg-surface empty:hidden">
          {changes.waiting.map((change, index) => {
            const row = approvals.length + index;
            return (
              <li key={change.id} className="border-line border-b last:border-b-0">
                <Row href={hrefs[row] ?? ''} current={row === current} onFocus={() => setFocused(row)}>
                  <ChangeRow change={change} />
                </Row>
              </li>
            );
          })}
        </ul>
        <SettledChanges changes={changes.settled} />

        <h2 className="mt-8 font-semibold text-lg">Record changed after decision</h2>
        <p className="text-muted">
          {changed.value === 0 ? (
            'Every decision matches the record it was made on.'
          ) : (
            <>
              The upstream replaced or lost the record of{' '}
              <Link href={CHANGED} prefetch={false} className="text-accent underline">
                {changed.capped ? `more than ${changed.value} cases` : countOf(changed.value, 'case')}
              </Link>{' '}
              after the decision.
            </>
          )}
        </p>

        <h2 className="mt-8 font-semibold text-lg">QA review</h2>
        <p className="text-muted">
          A share of the decisions made by one reviewer gets a blind re-review. {agreementText(agreement)}{' '}
          {waitingText(agreement, qaCases.length)}
        </p>
        <ul className="mt-3 overflow-hidden rounded-lg border border-line bg-surface empty:hidden">
          {qaCases.map((id, index) => {
            const row = firstQa + index;
            return (
              <li key={id} className="border-line border-b last:border-b-0">
                <Row href={hrefs[row] ?? ''} current={row === current} onFocus={() => setFocused(row)}>
                  <span>
                    <span className="font-mono font-semibold">{id}</span>{' '}
                    <span className="text-muted">the first decision stays hidden until you decide</span>
                  </span>
                </Row>
              </li>
            );
          })}
        </ul>
      </div>
      {shownChange && <ChangeDetail key={shownChange.id} change={shownChange} mayAnswer={changes.mayAnswer} onAnswered={answered} />}
      {shown && <ApprovalDetail key={shown.id} data={shown} onAnswered={answered} />}
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </div>
  );
}

function agreementText({ reviewed, agreed }: ApprovalsScreenProps['agreement']): string {
  if (reviewed === 0) return 'No decision has been re-reviewed yet.';
  return `Both reviewers agreed in ${agreed} of ${reviewed} (${Math.round((100 * agreed) / reviewed)} %).`;
}

function waitingText({ waiting }: ApprovalsScreenProps['agreement'], yours: number): string {
  if (waiting === 0) return '';
  return `${countOf(waiting, 'case')} waiting${yours < waiting ? `, ${yours} of them for you` : ''}.`;
}

const countOf = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
