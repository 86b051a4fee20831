'use client';

import { ScanFace } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { MODE_LABEL } from '@/lib/domain/comparison-view';
import type { Evidence } from '../evidence/use-evidence';
import { offerComparison } from '../evidence/view-in-use';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { classNames } from '../ui/class-names';
import { CompareCanvas } from './compare-canvas';
import { CompareNotes } from './compare-notes';
import type { SelfieStill } from './compare-side';
import { CompareTools } from './compare-tools';
import { type FeatureHold, FeatureList } from './feature-list';
import { MeasuresTable } from './measures-table';
import { type ReadComparison, readComparison } from './read-comparison';
import { modeAfter } from './use-compare-mode';
import { type Comparison as Compared, useComparison } from './use-comparison';

export interface ComparisonProps {
  evidence: Pick<Evidence, 'sides' | 'caseId'>;
  /** A frame kept of a selfie clip; null compares the frame its faces were found in. */
  selfieStill?: SelfieStill | null;
  /** Null for whoever decides nothing here. */
  features?: FeatureHold | null;
  /** The pictures, which the comparison lies below, or over. */
  children: ReactNode;
}

/** Portrait and selfie laid upon each other by their eyes, what their crops are worth, and what was found feature by feature. */
export function Comparison({ evidence, selfieStill = null, features = null, children }: ComparisonProps) {
  const comparison = useComparison(evidence, selfieStill);
  const [large, setLarge] = useState(false);
  const [listOpen, setListOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const faces = useRef<HTMLElement>(null);
  const { mode, chooseMode, id, face } = comparison;
  useOfferedComparison(evidence.caseId, { comparison, large, stillMs: selfieStill?.timeMs ?? null });
  const toggleList = () => {
    flushSync(() => setListOpen(!listOpen));
    list.current?.querySelector<HTMLInputElement>('input:checked, input')?.focus();
  };
  const toggleLarge = () => {
    flushSync(() => setLarge(!large));
    // The arrow keys that moved the pictures now move the faces that lie over them.
    faces.current?.focus();
  };
  useShortcuts('case', {
    'compare-mode': () => chooseMode(modeAfter(mode)),
    'compare-large': toggleLarge,
    features: features ? toggleList : undefined,
    back: large ? toggleLarge : undefined,
  });
  const heading = id.chosen?.source === 'box' || face.chosen?.source === 'box' ? 'Aligned by the box' : 'Eyes aligned';
  return (
    <div className="relative grid min-h-0 min-w-0 grid-rows-[minmax(0,1fr)_auto]">
      <div className={classNames('grid min-h-0 min-w-0', large && 'invisible')}>{children}</div>
      <section
        aria-label="Comparison of the faces"
        className={classNames(
          'grid min-w-0 overflow-hidden rounded-lg border border-line bg-surface',
          large
            ? 'absolute inset-2.5 z-20 grid-rows-[minmax(0,1fr)_auto] max-lg:fixed max-lg:z-30'
            : 'mx-2.5 mb-2.5 max-lg:grid-rows-[220px_auto] lg:h-[186px] lg:grid-cols-[31.4%_minmax(0,1fr)]',
        )}
      >
        <div className="relative min-h-0 min-w-0 overflow-hidden bg-matte">
          {comparison.scene ? (
            <CompareCanvas ref={faces} comparison={comparison} label={labelOf(comparison, heading)} />
          ) : (
            <Nothing comparison={comparison} />
          )}
        </div>
        <div className="@container min-w-0 overflow-y-auto px-3.5 pt-2.5 pb-1.5">
          <CompareTools
            {...{ comparison, heading, large, toggleLarge }}
            features={features ? { open: listOpen, toggle: toggleList } : undefined}
          />
          <div className="mt-1">
            {features && listOpen ? <FeatureList ref={list} {...features} /> : <MeasuresTable comparison={comparison} />}
            {!(features && listOpen) && <CompareNotes comparison={comparison} />}
          </div>
        </div>
        <p aria-live="polite" className="sr-only">
          {MODE_LABEL[mode]}
        </p>
      </section>
    </div>
  );
}

function useOfferedComparison(caseId: number, seen: ReadComparison): void {
  const current = useRef(seen);
  useEffect(() => {
    current.current = seen;
  });
  useEffect(() => offerComparison(caseId, () => readComparison(current.current)), [caseId]);
}

function Nothing({ comparison: { id, face } }: { comparison: Compared }) {
  const problems = [id.problem, face.problem].filter((problem) => problem !== null);
  return (
    <div className="absolute inset-0 grid place-content-center justify-items-center gap-1 px-4 text-center text-white/75">
      <ScanFace aria-hidden="true" className={classNames('size-7', problems.length === 0 && 'animate-pulse')} strokeWidth={1.2} />
      {problems.length === 0 && <span className="sr-only">Loading the faces</span>}
      {problems.map((problem) => (
        <p key={problem}>{problem}</p>
      ))}
    </div>
  );
}

function labelOf({ id, face, mode }: Compared, heading: string): string {
  return `${heading}, ${MODE_LABEL[mode].toLowerCase()}: ${id.chosen?.name} and ${face.chosen?.name}`;
}
