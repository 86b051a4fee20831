'use client';

import { memo, useCallback, useEffect, useRef, useState } from 'react';
import { visibleLines } from '@/lib/domain/visible-text';
import { classNames } from '../ui/class-names';
import { Pill } from '../ui/pill';
import { type FaceFacts, formatConfidence, formatFacts } from './face-facts';
import { FILTER_FROM_FACES } from './face-filter';
import { FaceFilterFields } from './face-filter-fields';
import { LandmarkTable } from './landmark-table';
import { scrollIntoSight } from './scroll-into-sight';
import type { Evidence } from './use-evidence';

/** Every face of the record that passes the filter; a row lights its face on the canvas and is lit by it. */
export function FaceList({ evidence }: { evidence: Evidence }) {
  const { facts, sides, lit, setLit, sought, centre, filter, setFilter } = evidence;
  const [open, setOpen] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const latest = useRef(centre);
  useEffect(() => {
    latest.current = centre;
  });
  const show = useCallback((fact: FaceFacts) => latest.current(fact), []);
  useEffect(() => {
    const row = sought && list.current?.querySelector(`[data-face="${sought.key}"]`);
    if (row instanceof HTMLElement) scrollIntoSight(row);
  }, [sought]);
  if (facts.length === 0) return <p className="text-muted">The record lists no face on either picture.</p>;
  const listed = [...sides.id.drawn, ...sides.face.drawn];
  return (
    <>
      {facts.length >= FILTER_FROM_FACES && <FaceFilterFields {...{ facts, filter, setFilter }} shown={listed.length} />}
      {[sides.id, sides.face].map(
        ({ category, title, coordinates }) =>
          coordinates &&
          coordinates.orientation !== 1 && (
            <p key={category} className="mb-1 text-muted text-xs">
              {title}: EXIF {coordinates.orientation}, coordinates as {coordinates.space}
              {coordinates.isGuess && <span className="text-warn">, which is a guess</span>}. {coordinates.reason}
            </p>
          ),
      )}
      <ul ref={list} className={classNames('-mx-1.5', listed.length > 40 && 'max-h-96 overflow-y-auto')}>
        {listed.map((fact) => (
          <Row key={fact.key} fact={fact} isLit={fact.key === lit} setLit={setLit} centre={show} />
        ))}
      </ul>
      <details className="group mt-1.5" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="w-fit cursor-pointer text-muted text-xs hover:text-text">Landmarks in numbers</summary>
        {open && <LandmarkTable facts={listed} />}
      </details>
    </>
  );
}

interface RowProps {
  fact: FaceFacts;
  isLit: boolean;
  setLit: (key: string | null) => void;
  centre: (fact: FaceFacts) => void;
}

// A thousand of them, of which two change when the pointer goes from one face to the next.
const Row = memo(function Row({ fact, isLit, setLit, centre }: RowProps) {
  return (
    <li className="[content-visibility:auto] [contain-intrinsic-size:auto_44px]">
      <button
        type="button"
        data-lit={isLit || undefined}
        data-face={fact.key}
        onPointerEnter={() => setLit(fact.key)}
        onPointerLeave={() => setLit(null)}
        onFocus={() => setLit(fact.key)}
        onBlur={() => setLit(null)}
        onClick={() => centre(fact)}
        className="grid w-full grid-cols-[14px_1fr_auto] items-baseline gap-x-2 rounded-md px-1.5 py-1 text-left data-lit:bg-accent-soft"
      >
        <span aria-hidden="true" className={classNames('size-2.5 self-center rounded-xs border-2', swatch(fact))} />
        <span>{fact.name}</span>
        <span className="font-mono text-xs">{formatConfidence(fact.face.confidence)}</span>
        <span className="col-start-2 col-end-4 text-faint text-xs tabular-nums">{formatFacts(fact)}</span>
        {!fact.drawable && (
          <span className="col-start-2 col-end-4">
            <Pill tone="warn">not drawn</Pill>
          </span>
        )}
      </button>
      {fact.problem && <Problem fact={fact} />}
    </li>
  );
});

// Whatever is not drawn can still be read, as the record has it.
function Problem({ fact }: { fact: FaceFacts }) {
  const raw = fact.drawable
    ? fact.undrawn.map((point) => `${point.name}: ${point.raw}`).join('\n')
    : JSON.stringify(fact.face.raw, null, 1);
  return (
    <div className="pr-1.5 pb-1.5 pl-7 text-warn text-xs">
      <p>{fact.problem}</p>
      {raw && (
        <pre className="mt-1 max-h-40 overflow-auto whitespace-pre-wrap break-all rounded border border-line bg-raised p-1.5 font-mono text-2xs text-muted">
          {visibleLines(raw)}
        </pre>
      )}
    </div>
  );
}

function swatch({ main, face }: FaceFacts): string {
  if (!main) return 'border-face-minor border-dashed';
  return face.category === 'id' ? 'border-face-id' : 'border-face-selfie';
}
