import Link from 'next/link';
import { useState } from 'react';
import type { BatchResult, BatchVerb } from '@/lib/domain/desk-input';
import { lazyPart } from '../parts/lazy-part';
import { Button, buttonClass } from '../ui/button';
import { batchText } from './batch-text';

// Fetched when first opened.
const BatchDialog = lazyPart(() => import('./batch-dialog'), { name: 'This form', closeOf: ({ onClose }) => onClose });

export interface SelectionBarProps {
  /** The chosen numbers; null when all that match are chosen. */
  ids: readonly number[] | null;
  /** How many of the chosen are on other pages than the one in sight. */
  elsewhere: number;
  /** The search all of them come from; null where there is none. */
  query: string | null;
  /** How many match; null when nobody counted. */
  matching: { value: number; capped: boolean } | null;
  verbs: readonly BatchVerb[];
  onSelectAll: () => void;
  /** Leads to the same list from the index, where all that match can be chosen. */
  onIndex: () => void;
  onClear: () => void;
  /** Something was done to the cases. */
  onDone: () => void;
}

const LABEL: Record<BatchVerb, string> = { assign: 'Assign…', claim: 'Claim…', release: 'Release…', escalate: 'Escalate…' };

/** What can be done to the chosen rows, and what became of it. */
export default function SelectionBar(props: SelectionBarProps) {
  const { ids, elsewhere, query, matching, verbs, onSelectAll, onIndex, onClear, onDone } = props;
  const [verb, setVerb] = useState<BatchVerb | null>(null);
  const [result, setResult] = useState<BatchResult | null>(null);
  const number = (value: number) => value.toLocaleString('en-GB');
  const all = matching && `${number(matching.value)}${matching.capped ? '+' : ''}`;
  const nothing = ids !== null && ids.length === 0;
  if (nothing && !result) return null;
  return (
    <section
      aria-label="Selected cases"
      className="flex shrink-0 flex-wrap items-center gap-2 border-accent border-t bg-accent-soft px-3 py-1.5 sm:px-4"
    >
      {nothing && result ? (
        <Done result={result} onClose={() => setResult(null)} />
      ) : (
        <>
          <span data-unsaved className="font-medium">
            {ids === null ? `All ${all ?? ''} matching selected` : `${number(ids.length)} selected`}
            {elsewhere > 0 && `, ${number(elsewhere)} on other pages`}
          </span>
          {ids !== null && query !== null && (
            <Button small variant="quiet" onClick={onSelectAll}>
              Select all {all} matching
            </Button>
          )}
          {query === null && (
            <Button
              small
              variant="quiet"
              onClick={onIndex}
              title="The verification API lists page by page. The index can choose all that match."
            >
              All that match: use the index
            </Button>
          )}
          {verbs.map((one) => (
            <Button key={one} small onClick={() => setVerb(one)}>
              {LABEL[one]}
            </Button>
          ))}
          <Button small variant="quiet" onClick={onClear} className="ml-auto">
            Clear selection
          </Button>
        </>
      )}
      {verb && (
        <BatchDialog
          verb={verb}
          cases={ids === null ? { query: query ?? '' } : { ids: [...ids] }}
          count={ids === null ? (matching?.value ?? null) : ids.length}
          capped={ids === null && (matching?.capped ?? false)}
          onDone={(done) => {
            setVerb(null);
            setResult(done);
            onClear();
            onDone();
          }}
          onClose={() => setVerb(null)}
        />
      )}
    </section>
  );
}

function Done({ result, onClose }: { result: BatchResult; onClose: () => void }) {
  return (
    <>
      <span role="status" className="font-medium">
        {batchText(result)}.
      </span>
      <Link href={`/batches/${result.id}`} prefetch={false} className={buttonClass('plain', true)}>
        What became of each
      </Link>
      <Button small variant="quiet" onClick={onClose} className="ml-auto">
        Close
      </Button>
    </>
  );
}
