'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import type { Decision } from '@/lib/domain/decision';
import { useShortcuts } from '../keyboard/use-shortcuts';
import type { CaseData } from '../review/case-data';
import { ApprovalDetail } from './approval-detail';
import { ProposalRow } from './proposal-row';
import { Row } from './row';

export interface ApprovalsScreenProps {
  approvals: { decision: Decision; secondPerson: string; own: boolean; blocked: string | null; recordChanged: boolean }[];
  /** Cases drawn for a blind second look; empty for whoever may not take them. */
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
 * What waits for a second person: proposals, with the evidence of the chosen one beside them, and cases to judge again without seeing
 * what was decided. Evidence is fetched only once somebody chose a proposal: looking at the list is not looking at people.
 */
export function ApprovalsScreen({ approvals, qaCases, agreement, changed, shown }: ApprovalsScreenProps) {
  const router = useRouter();
  const list = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const hrefs = [
    ...approvals.map(({ decision }) => hrefOf(decision.verificationId)),
    ...qaCases.map((id) => `/verifications/${id}?blind=1`),
  ];
  const chosen = approvals.findIndex(({ decision }) => decision.verificationId === shown?.id);
  const [focused, setFocused] = useState(-1);
  const current = focused >= 0 ? focused : chosen;
  const move = (step: number) => {
    const next = Math.max(0, Math.min(hrefs.length - 1, current + step));
    const href = hrefs[next];
    if (href === undefined) return;
    setFocused(next);
    list.current?.querySelectorAll<HTMLAnchorElement>('a[data-row]')[next]?.focus({ preventScroll: false });
    if (next < approvals.length) router.replace(href, { scroll: false });
  };
  const open = () => {
    const href = hrefs[current];
    if (href) router.push(href);
  };
  useShortcuts('list', {
    'next-entry': () => move(1),
    'previous-entry': () => move(-1),
    // With a proposal on the screen Enter confirms the answer to it.
    'open-entry': shown && current === chosen ? undefined : open,
  });
  const answered = (sentence: string) => {
    setSaid(sentence);
    setFocused(-1);
    const rest = approvals.filter(({ decision, blocked }) => decision.verificationId !== shown?.id && blocked === null);
    const after = rest.find(({ decision }) => approvals.findIndex((one) => one.decision.id === decision.id) > chosen) ?? rest[0];
    if (after) router.replace(hrefOf(after.decision.verificationId), { scroll: false });
    else router.replace('/approvals');
    router.refresh();
  };

  return (
    <div className={shown ? 'flex min-h-0 flex-1 lg:h-[calc(100dvh-44px-var(--notices,0px))] lg:flex-none' : 'mx-auto w-full max-w-5xl'}>
      <div
        ref={list}
        className={
          shown
            ? 'w-[320px] shrink-0 overflow-y-auto border-line border-r bg-surface px-3 py-4 max-lg:hidden'
            : 'w-full px-3 py-4 sm:px-6 sm:py-6'
        }
      >
        <h1 className="font-semibold text-xl">Approvals</h1>
        <p className="text-muted">
          {approvals.length === 0
            ? 'No decision waits for a second person.'
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

        <h2 className="mt-8 font-semibold text-lg">Record changed after decision</h2>
        <p className="text-muted">
          {changed.value === 0 ? (
            'Every decision fits the record it was made on.'
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

        <h2 className="mt-8 font-semibold text-lg">Second looks</h2>
        <p className="text-muted">
          A share of what one person decided is judged again, blind. {agreementText(agreement)} {waitingText(agreement, qaCases.length)}
        </p>
        <ul className="mt-3 overflow-hidden rounded-lg border border-line bg-surface empty:hidden">
          {qaCases.map((id, index) => {
            const row = approvals.length + index;
            return (
              <li key={id} className="border-line border-b last:border-b-0">
                <Row href={hrefs[row] ?? ''} current={row === current} onFocus={() => setFocused(row)}>
                  <span>
                    <span className="font-mono font-semibold">{id}</span>{' '}
                    <span className="text-muted">what was decided stays hidden until you have</span>
                  </span>
                </Row>
              </li>
            );
          })}
        </ul>
      </div>
      {shown && <ApprovalDetail key={shown.id} data={shown} onAnswered={answered} />}
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </div>
  );
}

function agreementText({ reviewed, agreed }: ApprovalsScreenProps['agreement']): string {
  if (reviewed === 0) return 'None was judged again so far.';
  return `So far both agreed in ${agreed} of ${reviewed} (${Math.round((100 * agreed) / reviewed)} %).`;
}

function waitingText({ waiting }: ApprovalsScreenProps['agreement'], yours: number): string {
  if (waiting === 0) return '';
  return `${countOf(waiting, 'case')} waiting${yours < waiting ? `, ${yours} of them for you` : ''}.`;
}

const countOf = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
