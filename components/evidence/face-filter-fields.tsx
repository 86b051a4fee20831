import { useId } from 'react';
import type { FaceFacts } from './face-facts';
import { EVERY_FACE, type FaceFilter } from './face-filter';

export interface FaceFilterFieldsProps {
  facts: FaceFacts[];
  shown: number;
  filter: FaceFilter;
  setFilter: (filter: FaceFilter) => void;
}

/** By what the faces are filtered, and how many are left of how many. */
export function FaceFilterFields({ facts, shown, filter, setFilter }: FaceFilterFieldsProps) {
  const largest = facts.reduce((size, fact) => Math.max(size, fact.size ? Math.min(fact.size.width, fact.size.height) : 0), 0);
  const isFiltered = filter.size > 0 || filter.confidence > 0;
  return (
    <div className="mb-1.5 grid gap-1 text-xs">
      <Field
        label="At least"
        text={`${filter.size} px`}
        value={filter.size}
        max={Math.min(Math.ceil(largest), 1000)}
        step={1}
        onChange={(size) => setFilter({ ...filter, size })}
      />
      <Field
        label="Confidence"
        text={filter.confidence.toFixed(2)}
        value={filter.confidence}
        max={1}
        step={0.01}
        onChange={(confidence) => setFilter({ ...filter, confidence })}
      />
      <p role="status" className="flex justify-between text-muted">
        {isFiltered ? `${shown} of ${facts.length} faces shown` : `${facts.length} faces`}
        {isFiltered && (
          <button type="button" className="text-accent hover:underline" onClick={() => setFilter(EVERY_FACE)}>
            Show all
          </button>
        )}
      </p>
    </div>
  );
}

interface FieldProps {
  label: string;
  text: string;
  value: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
}

function Field({ label, text, value, max, step, onChange }: FieldProps) {
  const id = useId();
  return (
    <div className="grid grid-cols-[72px_1fr_52px] items-center gap-2">
      <label htmlFor={id} className="text-muted">
        {label}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        {...{ max, step, value }}
        onChange={(event) => onChange(Number(event.target.value))}
        className="w-full accent-accent"
      />
      <output htmlFor={id} className="text-right font-mono">
        {text}
      </output>
    </div>
  );
}
