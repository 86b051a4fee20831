import { useRouter } from 'next/navigation';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import type { BatchVerb } from '@/lib/domain/desk-input';
import type { Tag } from '@/lib/domain/verification';
import type { Handlers } from '../keyboard/offers';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { lazyPart } from '../parts/lazy-part';
import { send } from '../review/post';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { GridBody } from './grid-body';
import { GridContextProvider } from './grid-context';
import { GridNotices } from './grid-notices';
import { idsOf, type RowSource } from './grid-record';
import type { RowsHandle } from './grid-rows';
import { caseHref, type GridState } from './grid-url';
import type { LoadFailure } from './load-failure';
import { isEmpty, NOTHING_SELECTED, type Selection, toggled, withPage } from './selection';
import { fromIndex } from './switch-source';
import { useCurrentRow } from './use-current-row';

// Fetched when first opened.
const SelectionBar = lazyPart(() => import('../batch/selection-bar'), { name: 'The bar for selected cases' });
const PeekPanel = lazyPart(() => import('./peek-panel'), { name: 'The panel' });

export interface GridFrameProps {
  state: GridState;
  onShow: (state: GridState) => void;
  verbs: readonly BatchVerb[];
  rows: RowSource | undefined;
  /** How many rows there are in all; null while nobody knows. */
  total: number | null;
  /** How many match a search that can be acted on as a whole; null where there is none. */
  matching: { query: string; count: { value: number; capped: boolean } | null } | null;
  failure: LoadFailure | null;
  busy: boolean;
  moving: boolean;
  /** Another list than before: read from its top, and nothing of it chosen. */
  listKey: string;
  /** Another filter than before: nothing of it is chosen. */
  filterKey: string;
  isFilteredBy: (tag: Tag) => boolean;
  filterBy: (tag: Tag) => void;
  onRange: (first: number, last: number) => void;
  onRefresh: () => void;
  keys: Handlers;
  toolbar: ReactNode;
  empty: ReactNode;
  notices: ReactNode;
  footer: ReactNode;
  /** What a screen reader hears once the rows are there. */
  said: string;
}

/** What both sources have in common: rows with the keys that move, choose, peek and claim, between the bars above and below. */
export function GridFrame(props: GridFrameProps) {
  const { state, onShow, verbs, rows, listKey, filterKey, isFilteredBy, filterBy, onRefresh, failure } = props;
  const router = useRouter();
  const handle = useRef<RowsHandle>(null);
  const { current, mark, move } = useCurrentRow(rows, handle);
  const [peeking, setPeeking] = useState(false);
  const [{ chosenUnder, selection }, setChosen] = useState({ chosenUnder: filterKey, selection: NOTHING_SELECTED });
  const [act, setAct] = useState<{ tone: 'ok' | 'bad'; text: string } | null>(null);
  const chosen = chosenUnder === filterKey ? selection : NOTHING_SELECTED;
  const choose = useCallback(
    (next: (selection: Selection) => Selection) =>
      setChosen((before) => ({
        chosenUnder: filterKey,
        selection: next(before.chosenUnder === filterKey ? before.selection : NOTHING_SELECTED),
      })),
    [filterKey],
  );
  // The selection bar loads with the first selection and stays, because it also shows the result of a bulk action.
  const [wasChosen, setWasChosen] = useState(false);
  if (!wasChosen && verbs.length > 0 && !isEmpty(chosen)) setWasChosen(true);
  const toggle = useCallback((id: number) => choose((before) => toggled(before, id)), [choose]);
  const ids = () => (rows ? idsOf(rows) : []);
  const chooseAll = () => choose((before) => (before.kind === 'some' && props.matching ? { kind: 'all' } : withPage(before, ids())));

  const hrefOf = useCallback((id: number) => caseHref(id, state), [state]);
  const open = useCallback(
    (id: number, newTab: boolean) => {
      mark(id);
      if (newTab) window.open(hrefOf(id), '_blank', 'noopener');
      else router.push(hrefOf(id));
    },
    [hrefOf, mark, router],
  );
  const record = current && rows?.at(current.index);
  const mayClaim = verbs.includes('claim');
  const claim = async () => {
    if (!current) return;
    const result = await send('PUT', `/api/verifications/${current.id}/claim`, {
      body: {},
      advice: 'The case may be claimed for you or not, and nothing else changed. Claim it again.',
    });
    setAct(result.ok ? { tone: 'ok', text: `${current.id} is yours.` } : { tone: 'bad', text: result.message });
    onRefresh();
  };
  const soon = failure ? undefined : 'soon';
  const leave = peeking ? () => setPeeking(false) : isEmpty(chosen) ? undefined : () => choose(() => NOTHING_SELECTED);
  useShortcuts('grid', {
    // Before there are rows the keys are kept until there are.
    'next-row': () => (rows ? move(1) : soon),
    'previous-row': () => (rows ? move(-1) : soon),
    'open-case': () => (current ? open(current.id, false) : rows ? undefined : soon),
    'select-row': current && verbs.length > 0 ? () => toggle(current.id) : undefined,
    peek: current ? () => setPeeking((before) => !before) : undefined,
    'claim-row': current && mayClaim ? () => void claim() : undefined,
    leave,
    refresh: onRefresh,
    ...props.keys,
  });

  const currentId = current?.id ?? null;
  const context = useMemo(
    () => ({ hrefOf, open, isFilteredBy, filterBy, current: currentId }),
    [hrefOf, open, isFilteredBy, filterBy, currentId],
  );
  return (
    <GridContextProvider value={context}>
      {props.toolbar}
      <div className="flex min-h-0 flex-1">
        <GridBody
          handle={handle}
          rows={rows}
          total={props.total}
          state={state}
          empty={props.empty}
          failure={failure}
          busy={props.busy}
          moving={props.moving}
          listKey={listKey}
          current={current}
          selectable={verbs.length > 0}
          selection={chosen}
          onMark={mark}
          onOpen={open}
          onSelect={toggle}
          onSelectAll={chooseAll}
          onShow={onShow}
          onRange={props.onRange}
          onRetry={onRefresh}
        />
        {peeking && record && (
          <PeekPanel
            record={record}
            href={hrefOf(record.id)}
            onClaim={mayClaim ? () => void claim() : undefined}
            onClose={() => setPeeking(false)}
          />
        )}
      </div>
      {/* On a phone the page scrolls as a whole: what was chosen, and what can be done with it, stays in sight. */}
      <div className="sticky bottom-0 z-10 flex shrink-0 flex-col">
        {wasChosen && (
          <SelectionBar
            ids={chosen.kind === 'all' ? null : [...chosen.ids]}
            elsewhere={props.matching || chosen.kind === 'all' ? 0 : chosen.ids.size - ids().filter((id) => chosen.ids.has(id)).length}
            query={props.matching?.query ?? null}
            matching={props.matching?.count ?? null}
            verbs={verbs}
            onSelectAll={() => choose(() => ({ kind: 'all' }))}
            onIndex={() => onShow(fromIndex(state))}
            onClear={() => choose(() => NOTHING_SELECTED)}
            onDone={onRefresh}
          />
        )}
        <GridNotices>
          {act && (
            <Notice
              tone={act.tone}
              title={act.text}
              action={
                <Button small variant="quiet" onClick={() => setAct(null)}>
                  Close
                </Button>
              }
            />
          )}
          {props.notices}
        </GridNotices>
        {props.footer}
      </div>
      <p aria-live="polite" className="sr-only">
        {props.said}
      </p>
    </GridContextProvider>
  );
}
