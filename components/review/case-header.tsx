'use client';

import { ArrowLeft, ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Review } from '@/lib/domain/review';
import { tagValues, type Verification } from '@/lib/domain/verification';
import { QueuePill } from '../desk/queue-pill';
import { buttonClass } from '../ui/button';
import { DecisionPill } from '../ui/decision-pill';
import { ForeignText } from '../ui/foreign-text';
import { Kbd } from '../ui/kbd';
import { useKeyLabel } from '../ui/key-label';
import { LocalTime } from '../ui/local-time';
import { MachineResultPill } from '../ui/machine-result-pill';
import { Pill } from '../ui/pill';
import { tagHref } from './case-url';
import type { Neighbours } from './use-neighbours';

/** Characters of a tag's value the header can have room for. */
const HEADER_TEXT_MAX = 200;

export interface CaseHeaderProps {
  id: number;
  verification: Verification | null;
  review: Review | null;
  backHref: string;
  /** Null without a grid behind the case. */
  ways: { previous: string | null; next: string | null; neighbours: Neighbours | null } | null;
  /** From which queue the case was drawn, and the way to its next one; null when it was not. */
  queue: { view: string; next: () => void } | null;
  /** Who has the case and what can be done with it. */
  desk: ReactNode;
  /** The way to the case's pack, for whoever may take it away. */
  pack: ReactNode;
}

/** Which case this is, what the machine said, what people said, and the way on. */
export function CaseHeader({ id, verification, review, backHref, ways, queue, desk, pack }: CaseHeaderProps) {
  const place = ways?.neighbours?.position ?? null;
  const label = useKeyLabel();
  return (
    <header className="flex min-h-[46px] flex-wrap items-center gap-x-3 gap-y-1.5 border-line border-b bg-surface px-4 py-1.5 max-md:px-2.5">
      <Link
        href={backHref}
        prefetch={false}
        aria-label="Back to the list"
        title="Back to the list (Esc)"
        className={`${buttonClass('quiet', true)} w-7 shrink-0`}
      >
        <ArrowLeft aria-hidden="true" className="size-4 shrink-0" />
      </Link>
      <span className="flex items-center gap-2.5">
        {ways && <Way href={ways.previous} label="Previous case" shortcut="K" />}
        <h1 className="whitespace-nowrap font-semibold text-lg tracking-tight">Verification {id}</h1>
        {ways && <Way href={ways.next} label="Next case" shortcut="J" />}
        {queue && (
          <button
            type="button"
            onClick={queue.next}
            aria-label="Next case"
            aria-keyshortcuts={label('J')}
            title={`Next case (${label('J')})`}
            className={WAY_LOOK}
          >
            <WayText shortcut="J" />
          </button>
        )}
      </span>
      {verification && (
        <span className="flex items-center gap-1.5">
          <span className="sr-only">Machine: </span>
          <MachineResultPill result={verification.machineResult} />
        </span>
      )}
      {review?.summary.decision && (
        <span className="flex items-center gap-1.5">
          <span className="sr-only">Reviewer: </span>
          <DecisionPill
            outcome={review.summary.decision.outcome}
            isOverride={review.summary.decision.isOverride}
            title={`by ${review.summary.decision.by}`}
          />
        </span>
      )}
      {verification && (
        <>
          <Pill tone="plain" bare>
            <span className="pl-0.5">{[verification.model || 'model unknown', verification.modelVersion].filter(Boolean).join(' ')}</span>
          </Pill>
          {tagValues(verification, 'customerId').map((value) => (
            <Link
              key={value}
              href={tagHref({ name: 'customerId', value })}
              prefetch={false}
              className="inline-flex max-w-64 gap-1 rounded-full bg-raised px-2 py-px text-xs ring-1 ring-line ring-inset hover:ring-line-strong"
            >
              <span className="text-muted">customerId</span>
              <span className="truncate font-semibold">
                <ForeignText text={value.slice(0, HEADER_TEXT_MAX)} />
              </span>
            </Link>
          ))}
        </>
      )}
      {queue && <QueuePill view={queue.view} receivedAt={verification?.receivedAt ?? null} />}
      {desk}
      {pack}
      <span className="ml-auto flex items-center gap-3 text-muted max-md:ml-0">
        {place !== null && (
          <span>
            {place} of {ways?.neighbours?.total?.toLocaleString('en-GB')}
          </span>
        )}
        {verification && (
          <span>
            received <LocalTime at={verification.receivedAt} fallback="at an unknown time" />
          </span>
        )}
      </span>
    </header>
  );
}

const WAY_LOOK = `${buttonClass('plain', true)} gap-1 shrink-0`;

// The button keeps its place while its case is still unknown: nothing moves under the pointer.
function Way({ href, label, shortcut }: { href: string | null; label: string; shortcut: 'J' | 'K' }) {
  const key = useKeyLabel()(shortcut);
  if (href === null) {
    return (
      <button type="button" disabled aria-label={label} className={WAY_LOOK}>
        <WayText shortcut={shortcut} />
      </button>
    );
  }
  return (
    // Nothing is fetched ahead: a case that was never shown would be recorded as seen.
    <Link href={href} prefetch={false} aria-label={label} aria-keyshortcuts={key} title={`${label} (${key})`} className={WAY_LOOK}>
      <WayText shortcut={shortcut} />
    </Link>
  );
}

function WayText({ shortcut }: { shortcut: 'J' | 'K' }) {
  return (
    <>
      {shortcut === 'K' && <ChevronLeft aria-hidden="true" className="size-3.5" />}
      <span className="hidden md:inline">
        <Kbd>{shortcut}</Kbd>
      </span>
      {shortcut === 'J' && <ChevronRight aria-hidden="true" className="size-3.5" />}
    </>
  );
}
