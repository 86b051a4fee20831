'use client';

import { Plus, X } from 'lucide-react';
import { useId, useRef } from 'react';
import { flushSync } from 'react-dom';
import { TAGS_MAX } from '@/lib/domain/submission';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import { type TagRow, withRow } from './tag-rows';

export interface TagsEditorProps {
  rows: readonly TagRow[];
  /** What is wrong with each row, by its place. */
  problems: readonly (string | null)[];
  /** What the service said about the tags. */
  refusal: string | null;
  disabled: boolean;
  onChange: (rows: TagRow[]) => void;
}

/** Names and values that go with the pictures and by which the verification can be found. */
export function TagsEditor({ rows, problems, refusal, disabled, onChange }: TagsEditorProps) {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const change = (key: number, part: Partial<TagRow>) => onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const addRow = () => {
    // At once: letters typed right after the press belong to the new row.
    flushSync(() => onChange(withRow(rows)));
    list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus();
  };
  const remove = (key: number) => {
    onChange(rows.filter((row) => row.key !== key));
    add.current?.focus();
  };
  return (
    <fieldset disabled={disabled} className="min-w-0 rounded-md border border-line bg-surface p-3 sm:p-4">
      <legend className="float-left w-full font-semibold text-base">Tags</legend>
      <p className="clear-both text-muted">
        Found again by <span className="font-mono text-xs">name = value</span>. A tag without a value is left out; a tag{' '}
        <span className="font-mono text-xs">submission</span> of its own is added to every attempt.
      </p>
      {refusal && (
        <p role="alert" className="mt-2 text-bad">
          {refusal}
        </p>
      )}
      <ul ref={list} className="mt-3 flex flex-col gap-2">
        {rows.map((row, at) => {
          const problem = problems[at] ?? null;
          const field = (part: 'name' | 'value', label: string) => (
            <input
              value={row[part]}
              onChange={(event) => change(row.key, { [part]: event.target.value })}
              aria-label={`${label} of tag ${at + 1}`}
              aria-invalid={problem !== null}
              aria-describedby={problem ? `${id}-${row.key}` : undefined}
              placeholder={label}
              autoComplete="off"
              spellCheck={false}
              className={classNames(
                'h-8 w-full min-w-0 rounded-md border bg-bg px-2 placeholder:text-faint',
                problem ? 'border-bad' : 'border-line-strong',
              )}
            />
          );
          return (
            <li key={row.key}>
              <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-center gap-2">
                {field('name', 'Name')}
                {field('value', 'Value')}
                <Button variant="quiet" className="w-8 px-0" aria-label={`Remove tag ${at + 1}`} onClick={() => remove(row.key)}>
                  <X aria-hidden="true" className="size-4 shrink-0" />
                </Button>
              </div>
              {problem && (
                <p id={`${id}-${row.key}`} className="mt-1 text-bad">
                  {problem}
                </p>
              )}
            </li>
          );
        })}
      </ul>
      <div className="mt-2 flex items-center gap-3">
        <button
          ref={add}
          type="button"
          onClick={addRow}
          disabled={rows.length >= TAGS_MAX}
          className="inline-flex h-8 items-center gap-1.5 rounded-md border border-line-strong px-3 font-medium hover:bg-raised disabled:opacity-50"
        >
          <Plus aria-hidden="true" className="size-4" />
          Add a tag
        </button>
        <span className="text-muted">
          {rows.length} of at most {TAGS_MAX}
        </span>
      </div>
    </fieldset>
  );
}
