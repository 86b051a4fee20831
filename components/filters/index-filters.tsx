import type { RefObject } from 'react';
import { FINDING_KINDS } from '@/lib/domain/finding';
import { REVIEW_STATES } from '@/lib/domain/review';
import { isFiltered, NO_FILTER, type SearchQuery } from '@/lib/domain/search-query';
import type { Tag } from '@/lib/domain/verification';
import { Button } from '../ui/button';
import { useDayZone } from '../ui/time-zone';
import { DaysEditor } from './days-editor';
import { daysText } from './days-text';
import { FilterChip, TagChip } from './filter-chip';
import { ChoiceEditor, ChoicesEditor, PersonEditor, RangeEditor, TagEditor, TextEditor } from './filter-editors';
import { choicesText, personText, spanText } from './filter-text';
import { FINDING_LABEL } from './finding-label';
import { SearchField } from './search-field';
import { STATE_WORD } from './state-word';
import { useReviewers } from './use-reviewers';

export interface IndexFiltersProps {
  query: SearchQuery;
  onChange: (query: SearchQuery) => void;
  inputRef: RefObject<HTMLInputElement | null>;
}

const RESULTS = [
  { value: 'VERIFIED', label: 'verified' },
  { value: 'NOT_VERIFIED', label: 'not verified' },
] as const;
const STATES = REVIEW_STATES.map((value) => ({ value, label: STATE_WORD[value] }));
const FINDINGS = FINDING_KINDS.map((value) => ({ value, label: FINDING_LABEL[value] }));

/** Everything the index can be narrowed by, each as a chip; the rarer ones wait behind "More" until they are in force. */
export function IndexFilters({ query, onChange, inputRef }: IndexFiltersProps) {
  const set = (part: Partial<SearchQuery>) => onChange({ ...query, ...part });
  const zone = useDayZone();
  const addTag = (tag: Tag) => set({ tags: [...query.tags.filter((one) => one.name !== tag.name || one.value !== tag.value), tag] });
  return (
    <div className="flex w-full min-w-0 flex-wrap items-center gap-2 sm:w-auto sm:flex-1">
      <SearchField text={query.text} onSearch={(text) => set({ text })} inputRef={inputRef} />
      <FilterChip
        label="Result"
        value={RESULTS.find(({ value }) => value === query.machineResult)?.label ?? null}
        onClear={() => set({ machineResult: null })}
      >
        <ChoiceEditor
          legend="What the machine said"
          options={RESULTS}
          chosen={query.machineResult}
          onChange={(machineResult) => set({ machineResult })}
        />
      </FilterChip>
      <FilterChip label="State" value={choicesText(query.states.map((state) => STATE_WORD[state]))} onClear={() => set({ states: [] })}>
        <ChoicesEditor legend="Any of these" options={STATES} chosen={query.states} onChange={(states) => set({ states })} />
      </FilterChip>
      {query.tags.map((tag) => (
        <TagChip
          key={`${tag.name}=${tag.value}`}
          {...tag}
          onClear={() => set({ tags: query.tags.filter((one) => one.name !== tag.name || one.value !== tag.value) })}
        />
      ))}
      <FilterChip label="Tag" value={null} onClear={() => {}}>
        <TagEditor onAdd={addTag} />
      </FilterChip>
      <FilterChip
        label="Finding"
        value={choicesText(query.findings.map((kind) => FINDING_LABEL[kind]))}
        onClear={() => set({ findings: [] })}
      >
        <ChoicesEditor legend="Any of these" options={FINDINGS} chosen={query.findings} onChange={(findings) => set({ findings })} />
      </FilterChip>
      <FilterChip label="Received" value={daysText(query.received, zone)} onClear={() => set({ received: NO_FILTER.received })}>
        <DaysEditor span={query.received} onChange={(received) => set({ received })} />
      </FilterChip>
      <FilterChip label="Match" value={spanText(query.similarity)} onClear={() => set({ similarity: NO_FILTER.similarity })}>
        <RangeEditor legend="Similarity of the faces" span={query.similarity} onChange={(similarity) => set({ similarity })} />
      </FilterChip>
      <RareFilters query={query} set={set} />
      {isFiltered(query) && (
        <Button small variant="quiet" onClick={() => set(NO_FILTER)}>
          Clear
        </Button>
      )}
    </div>
  );
}

function RareFilters({ query, set }: { query: SearchQuery; set: (part: Partial<SearchQuery>) => void }) {
  const reviewers = useReviewers();
  const { confidence, modelVersion, reviewer, assignee, missing } = query;
  const editors = [
    {
      label: 'Least sure face',
      value: spanText(confidence),
      clear: () => set({ confidence: NO_FILTER.confidence }),
      editor: <RangeEditor legend="Confidence of the least sure face" span={confidence} onChange={(span) => set({ confidence: span })} />,
    },
    {
      label: 'Model',
      value: modelVersion,
      clear: () => set({ modelVersion: null }),
      editor: <TextEditor legend="Model version" text={modelVersion ?? ''} onChange={(text) => set({ modelVersion: text || null })} />,
    },
    {
      label: 'Reviewer',
      value: personText(reviewer, reviewers),
      clear: () => set({ reviewer: null }),
      editor: (
        <PersonEditor
          legend="Decided by"
          chosen={reviewer}
          reviewers={reviewers}
          withNobody={false}
          onChange={(id) => set({ reviewer: id })}
        />
      ),
    },
    {
      label: 'Given to',
      value: personText(assignee, reviewers),
      clear: () => set({ assignee: null }),
      editor: (
        <PersonEditor legend="Given to" chosen={assignee} reviewers={reviewers} withNobody onChange={(id) => set({ assignee: id })} />
      ),
    },
    {
      label: 'Missing upstream',
      value: missing ? 'only' : null,
      clear: () => set({ missing: false }),
      editor: (
        <label className="flex h-7 cursor-pointer items-center gap-2 rounded px-1 hover:bg-raised">
          <input
            type="checkbox"
            checked={missing}
            onChange={({ target }) => set({ missing: target.checked })}
            className="size-3.5 accent-accent"
          />
          Only what the upstream no longer has
        </label>
      ),
    },
  ];
  return (
    <>
      {editors.map(
        ({ label, value, clear, editor }) =>
          value !== null && (
            <FilterChip key={label} label={label} value={value} onClear={clear}>
              {editor}
            </FilterChip>
          ),
      )}
      <FilterChip label="More" value={null} onClear={() => {}}>
        <div className="grid gap-3">
          {editors.map(({ label, editor }) => (
            <div key={label}>{editor}</div>
          ))}
        </div>
      </FilterChip>
    </>
  );
}
