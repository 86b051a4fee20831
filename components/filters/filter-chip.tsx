import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { isolatedText } from '@/lib/domain/visible-text';
import { classNames } from '../ui/class-names';
import { ForeignText } from '../ui/foreign-text';
import { PopoverButton } from '../ui/popover-button';

export interface FilterChipProps {
  label: string;
  /** What it is narrowed to; null while it is not. */
  value: string | null;
  onClear: () => void;
  /** Where it is changed. */
  children: ReactNode;
}

/** One filter: dashed while it could be set, filled with its value while it narrows. A press on it opens where it is changed. */
export function FilterChip({ label, value, onClear, children }: FilterChipProps) {
  return (
    <span
      className={classNames(
        'inline-flex h-7 min-w-0 max-w-full shrink-0 items-center rounded-md border',
        value === null ? 'border-line-strong border-dashed text-muted' : 'border-transparent bg-accent-soft text-accent',
      )}
    >
      <PopoverButton
        label={value === null ? `Filter by ${label}` : `${label} ${isolatedText(value)}: change`}
        className="inline-flex h-full min-w-0 items-center gap-1 rounded-md px-2 hover:text-text"
        panelClassName="w-64"
        panel={<div className="p-2">{children}</div>}
      >
        {value === null ? (
          <>
            <Plus aria-hidden="true" className="size-3 shrink-0" />
            {label}
          </>
        ) : (
          <>
            <span className="shrink-0">{label}</span>
            <b className="max-w-56 truncate font-semibold">
              <ForeignText text={value} />
            </b>
          </>
        )}
      </PopoverButton>
      {value !== null && <RemoveButton label={`Remove the filter ${label} ${isolatedText(value)}`} onPress={onClear} />}
    </span>
  );
}

/** A tag that narrows; it is taken off, never changed. */
export function TagChip({ name, value, onClear }: { name: string; value: string; onClear: () => void }) {
  return (
    <span className="inline-flex h-7 min-w-0 max-w-full shrink-0 items-center gap-1 rounded-md bg-accent-soft pl-2 text-accent">
      <span className="truncate">
        <ForeignText text={name.slice(0, 80) || '(no name)'} />{' '}
        <b className="font-semibold">= {value === '' ? '(empty)' : <ForeignText text={value.slice(0, 300)} />}</b>
      </span>
      <RemoveButton
        label={`Remove the filter ${isolatedText(name.slice(0, 80))} = ${isolatedText(value.slice(0, 80))}`}
        onPress={onClear}
      />
    </span>
  );
}

function RemoveButton({ label, onPress }: { label: string; onPress: () => void }) {
  return (
    <button
      type="button"
      onClick={onPress}
      aria-label={label}
      title={label}
      className="mr-0.5 grid size-6 shrink-0 place-items-center rounded hover:bg-surface"
    >
      <X aria-hidden="true" className="size-3.5" />
    </button>
  );
}
