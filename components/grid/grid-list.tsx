import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { classNames } from '../ui/class-names';
import { LocalTime } from '../ui/local-time';
import { MachineResultPill } from '../ui/machine-result-pill';
import { CaseLink } from './case-link';
import { facesText, matchText, NOTHING } from './cell-text';
import { CustomerCell } from './customer-cell';
import { FindingsCell } from './findings-cell';
import type { GridRecord, RowSource } from './grid-record';
import type { RowsHandle } from './grid-rows';
import { SelectBox } from './select-box';
import { isSelected, type Selection } from './selection';
import { StateCell } from './state-cell';

export interface GridListProps {
  handle: Ref<RowsHandle>;
  rows: RowSource;
  total: number | null;
  busy: boolean;
  current: { id: number } | null;
  selectable: boolean;
  selection: Selection;
  onMark: (id: number) => void;
  onSelect: (id: number) => void;
  onRange: (first: number, last: number) => void;
}

const CARD_HEIGHT = 116;
const WHOLE = 100;

/** The rows where a table has no room: one card each, the whole of it a link. The window scrolls, and only cards near it are drawn. */
export function GridList({ handle, rows, total, busy, current, selectable, selection, onMark, onSelect, onRange }: GridListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), []);
  const virtualizer = useWindowVirtualizer({
    count: rows.length + (rows.hasMore ? 1 : 0),
    estimateSize: () => CARD_HEIGHT,
    overscan: rows.hasMore || rows.length > WHOLE ? 4 : WHOLE,
    scrollMargin: top,
  });
  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  useEffect(() => onRange(startIndex, endIndex), [onRange, startIndex, endIndex]);
  useImperativeHandle(handle, () => ({ show: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }) }), [virtualizer]);
  return (
    <ul
      ref={list}
      aria-busy={busy}
      aria-label="Verifications"
      className="relative bg-surface"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map(({ index, key, start }) => {
        const record = rows.at(index);
        return (
          <li
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            data-row={record?.id}
            aria-setsize={total ?? -1}
            aria-posinset={index + 1}
            onFocus={() => record && onMark(record.id)}
            style={{ transform: `translateY(${start - top}px)` }}
            className={classNames(
              'absolute inset-x-0 top-0 flex flex-col gap-1.5 border-line border-b px-3 py-2.5 [&_a]:after:absolute [&_a]:after:inset-0 [&_button]:relative [&_button]:z-10 [&_label]:relative [&_label]:z-10',
              record && record.id === current?.id && 'shadow-[inset_3px_0_var(--accent)]',
            )}
          >
            {record ? (
              <Card record={record} isSelected={isSelected(selection, record.id)} onSelect={selectable ? onSelect : undefined} />
            ) : (
              <span className="block h-24 animate-pulse text-muted">Loading…</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

interface CardProps {
  record: GridRecord;
  isSelected: boolean;
  /** Undefined where rows cannot be chosen. */
  onSelect: ((id: number) => void) | undefined;
}

function Card({ record, isSelected: chosen, onSelect }: CardProps) {
  const { id, verification } = record;
  const match = matchText(verification);
  return (
    <>
      <div className="flex items-center justify-between gap-2">
        <span className="flex items-center gap-2 text-base">
          {onSelect && (
            <span className="-my-2 -ml-2">
              <SelectBox id={id} checked={chosen} reachable onToggle={onSelect} />
            </span>
          )}
          <CaseLink id={id} />
          <MachineResultPill result={verification.machineResult} />
        </span>
        <span className="text-muted">
          <LocalTime at={verification.receivedAt} />
        </span>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <span className="flex min-w-0 items-center gap-2">
          <StateCell record={record} />
        </span>
        <span className="flex items-center gap-1">
          <span className="text-muted">Customer</span>
          <CustomerCell verification={verification} withFilters />
        </span>
      </div>
      <div className="flex items-center justify-between gap-4 text-muted">
        <span className="min-w-0 truncate">
          {verification.idFileName || NOTHING} · {verification.selfieFileName || NOTHING}
        </span>
        <span className="shrink-0">
          faces <span className="font-mono">{facesText(verification.faceCount)}</span>
          {match.text !== NOTHING && (
            <>
              {' · '}match <span className="font-mono">{match.text}</span>
            </>
          )}
        </span>
      </div>
      <div className="flex min-w-0 items-center gap-1.5 empty:hidden">
        <FindingsCell verification={verification} quiet />
      </div>
    </>
  );
}
