'use client';

import { ScanFace } from 'lucide-react';
import { useRef, useState } from 'react';
import { cautionsOf } from '@/lib/domain/comparison-caution';
import type { Evidence } from '../evidence/use-evidence';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { classNames } from '../ui/class-names';
import { alignmentNote } from './comparable-faces';
import { CompareCanvas } from './compare-canvas';
import type { SelfieStill } from './compare-side';
import { CompareTools } from './compare-tools';
import { MODE_LABEL } from './compare-view';
import { cropFacts } from './crop-measures';
import { type FeatureHold, FeatureList } from './feature-list';
import { MeasuresTable } from './measures-table';
import { modeAfter } from './use-compare-mode';
import { type Comparison as Compared, useComparison } from './use-comparison';

export interface ComparisonProps {
  evidence: Pick<Evidence, 'sides'>;
  /** A frame kept of a selfie clip; null compares the frame its faces were found in. */
  selfieStill?: SelfieStill | null;
  /** Null for whoever decides nothing here. */
  features?: FeatureHold | null;
}

/** Portrait and selfie laid upon each other by their eyes, what their crops are worth, and what was found feature by feature. */
export function Comparison({ evidence, selfieStill = null, features = null }: ComparisonProps) {
  const comparison = useComparison(evidence, selfieStill);
  const [large, setLarge] = useState(false);
  const [listOpen, setListOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const { mode, chooseMode, id, face } = comparison;
  const toggleList = () => {
    setListOpen(!listOpen);
    if (!listOpen) requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>('input:checked, input')?.focus());
  };
  useShortcuts('case', {
    'compare-mode': () => chooseMode(modeAfter(mode)),
    'compare-large': () => setLarge(!large),
    features: features ? toggleList : undefined,
    back: large ? () => setLarge(false) : undefined,
  });
  const heading = id.chosen?.source === 'box' || face.chosen?.source === 'box' ? 'Aligned by the box' : 'Eyes aligned';
  return (
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
          <CompareCanvas comparison={comparison} label={labelOf(comparison, heading)} />
        ) : (
          <Nothing comparison={comparison} />
        )}
      </div>
      <div className="@container min-w-0 overflow-y-auto px-3.5 pt-2.5 pb-1.5">
        <CompareTools
          {...{ comparison, heading, large }}
          toggleLarge={() => setLarge(!large)}
          features={features ? { open: listOpen, toggle: toggleList } : undefined}
        />
        <div className="mt-1">
          {features && listOpen ? <FeatureList ref={list} {...features} /> : <MeasuresTable comparison={comparison} />}
          {!(features && listOpen) && <Notes comparison={comparison} />}
        </div>
      </div>
      <p aria-live="polite" className="sr-only">
        {MODE_LABEL[mode]}
      </p>
    </section>
  );
}

function Notes({ comparison: { id, face, quality, moved } }: { comparison: Compared }) {
  const cautions = cautionsOf(
    [id, face].flatMap(({ chosen }, at) => (chosen ? [cropFacts(chosen, at === 0 ? quality.id : quality.face)] : [])),
  );
  const notes = [id, face].flatMap((side) => [side.chosen && alignmentNote(side.chosen), ...side.notes]).filter((note) => note !== null);
  if (moved)
    notes.unshift(`The selfie face was moved by hand: ${signed(moved.x)} across and ${signed(moved.y)} down, in distances of the eyes.`);
  return (
    <div className="grid gap-0.5 pt-1 text-xs">
      {cautions.map((caution) => (
        <p key={caution} className="text-warn">
          {caution}
        </p>
      ))}
      {notes.map((note) => (
        <p key={note} className="text-muted">
          {note}
        </p>
      ))}
    </div>
  );
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

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
