import { type FormEvent, type RefObject, useId, useState } from 'react';
import { parseTagFilter } from '@/lib/domain/tag-filter';
import type { Tag } from '@/lib/domain/verification';
import { exactText } from '@/lib/domain/visible-text';
import { TagChip } from '../filters/filter-chip';
import { Kbd } from '../ui/kbd';

export interface TagFilterFieldProps {
  tag: Tag | null;
  onChange: (tag: Tag | null) => void;
  inputRef: RefObject<HTMLInputElement | null>;
}

const EXAMPLE = 'customerId = 9999';

/** The filter by tag: typed as `name = value`, applied with Enter, shown as a chip while in force. */
export function TagFilterField({ tag, onChange, inputRef }: TagFilterFieldProps) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const problemId = useId();

  const apply = (event: FormEvent) => {
    event.preventDefault();
    const parsed = parseTagFilter(exactText(text));
    setProblem(parsed ? null : `Write a tag as name = value, for example ${EXAMPLE}.`);
    if (!parsed) return;
    setText('');
    onChange(parsed);
  };

  return (
    <div className="flex w-full min-w-0 flex-wrap items-center gap-x-2 gap-y-1.5 sm:w-auto sm:flex-1">
      <form onSubmit={apply} className="relative w-full sm:w-60">
        <input
          ref={inputRef}
          type="text"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setProblem(null);
          }}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
          aria-label="Filter by tag, name = value"
          aria-keyshortcuts="/"
          aria-invalid={problem !== null}
          aria-describedby={problem ? problemId : undefined}
          placeholder={EXAMPLE}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="h-8 w-full rounded-md border border-line-strong bg-surface pr-8 pl-2.5 text-[16px] placeholder:text-faint aria-invalid:border-bad sm:h-7 sm:text-sm"
        />
        <span className="pointer-events-none absolute inset-y-0 right-2 hidden items-center sm:flex">
          <Kbd scope="grid">/</Kbd>
        </span>
      </form>
      {tag && <TagChip {...tag} onClear={() => onChange(null)} />}
      <p id={problemId} role="alert" className="text-bad empty:hidden">
        {problem}
      </p>
    </div>
  );
}
