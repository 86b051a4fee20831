'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import type { Decision } from '@/lib/domain/decision';
import { REASON_CODES } from '@/lib/domain/reason-codes';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { classNames } from '../ui/class-names';
import { DecisionPill } from '../ui/decision-pill';
import { LocalTime } from '../ui/local-time';
import { Pill } from '../ui/pill';

export interface ApprovalsScreenProps {
  approvals: { decision: Decision; secondPerson: string; own: boolean }[];
  /** Cases drawn for a blind second look; empty for whoever may not take them. */
  qaCases: number[];
  agreement: { reviewed: number; agreed: number; waiting: number };
}

/** What waits for a second person: proposals to answer, and cases to judge again without seeing what was decided. */
export function ApprovalsScreen({ approvals, qaCases, agreement }: ApprovalsScreenProps) {
  const router = useRouter();
  const list = useRef<HTMLDivElement>(null);
  const hrefs = [
    ...approvals.map(({ decision }) => `/verifications/${decision.verificationId}`),
    ...qaCases.map((id) => `/verifications/${id}?blind=1`),
  ];
  const [current, setCurrent] = useState(0);
  const move = (step: number) => {
    const next = Math.max(0, Math.min(hrefs.length - 1, current + step));
    setCurrent(next);
    list.current?.querySelectorAll<HTMLAnchorElement>('a[data-row]')[next]?.focus();
  };
  useShortcuts('list', {
    'next-entry': () => move(1),
    'previous-entry': () => move(-1),
    'open-entry': () => {
      const href = hrefs[current];
      if (href) router.push(href);
    },
  });
  return (
    <div ref={list} className="mx-auto w-full max-w-5xl px-3 py-4 sm:px-6 sm:py-6">
      <h1 className="font-semibold text-xl">Approvals</h1>
      <p className="text-muted">
        {approvals.length === 0
          ? 'No decision waits for a second person.'
          : `${countOf(approvals.length, 'decision')} to answer, oldest first.`}
      </p>
      <ul className="mt-3 overflow-hidden rounded-lg border border-line bg-surface empty:hidden">
        {approvals.map(({ decision, secondPerson, own }, index) => (
          <li key={decision.id} className="border-line border-b last:border-b-0">
            <Row href={hrefs[index] ?? ''} current={index === current} onFocus={() => setCurrent(index)}>
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="font-mono font-semibold">{decision.verificationId}</span>
                <DecisionPill outcome={decision.outcome} isOverride={decision.isOverride} />
                {own && <Pill tone="plain">yours: somebody else answers</Pill>}
                <span className="ml-auto text-muted">
                  {decision.proposerName}, <LocalTime at={decision.decidedAt} />
                </span>
              </span>
              <span className="text-muted">
                {secondPerson} {decision.reasonCodes.map((code) => REASON_CODES[code].label).join(', ')}
              </span>
              {decision.rationale && <span className="line-clamp-2 [overflow-wrap:anywhere]">{decision.rationale}</span>}
            </Row>
          </li>
        ))}
      </ul>

      <h2 className="mt-8 font-semibold text-lg">Second looks</h2>
      <p className="text-muted">
        A share of what one person decided is judged again, blind.{' '}
        {agreement.reviewed > 0
          ? `So far both agreed in ${agreement.agreed} of ${agreement.reviewed} (${Math.round((100 * agreement.agreed) / agreement.reviewed)} %).`
          : 'None was judged again so far.'}{' '}
        {agreement.waiting > 0 &&
          `${countOf(agreement.waiting, 'case')} waiting${qaCases.length < agreement.waiting ? `, ${qaCases.length} of them for you` : ''}.`}
      </p>
      <ul className="mt-3 overflow-hidden rounded-lg border border-line bg-surface empty:hidden">
        {qaCases.map((id, index) => {
          const row = approvals.length + index;
          return (
            <li key={id} className="border-line border-b last:border-b-0">
              <Row href={hrefs[row] ?? ''} current={row === current} onFocus={() => setCurrent(row)}>
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
  );
}

interface RowProps {
  href: string;
  current: boolean;
  onFocus: () => void;
  children: React.ReactNode;
}

function Row({ href, current, onFocus, children }: RowProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      data-row
      onFocus={onFocus}
      className={classNames('grid gap-0.5 px-4 py-2.5 hover:bg-raised', current && 'shadow-[inset_3px_0_var(--accent)]')}
    >
      {children}
    </Link>
  );
}

const countOf = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
