import { useId, useState } from 'react';
import type { Span } from '@/lib/domain/search-query';
import type { Tag } from '@/lib/domain/verification';
import { exactText } from '@/lib/domain/visible-text';
import { EditorForm, useTyped } from './editor-form';
import type { Reviewer } from './filter-text';

const FIELD = 'h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 text-[16px] aria-invalid:border-bad sm:text-sm';

interface Option<Value> {
  value: Value;
  label: string;
}

/** Any one of several; none means all. */
export function ChoicesEditor<Value extends string>(props: {
  legend: string;
  options: readonly Option<Value>[];
  chosen: readonly Value[];
  onChange: (chosen: Value[]) => void;
}) {
  const { legend, options, chosen, onChange } = props;
  return (
    <fieldset>
      <legend className="mb-1 px-1 text-muted text-xs">{legend}</legend>
      {options.map(({ value, label }) => (
        <label key={value} className="flex h-7 cursor-pointer items-center gap-2 rounded px-1 hover:bg-raised">
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={() => onChange(options.map((option) => option.value).filter((one) => (one === value) !== chosen.includes(one)))}
            className="size-3.5 accent-accent"
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** One of a few, or any. */
export function ChoiceEditor<Value extends string>(props: {
  legend: string;
  options: readonly Option<Value>[];
  chosen: Value | null;
  onChange: (chosen: Value | null) => void;
}) {
  const { legend, options, chosen, onChange } = props;
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1 px-1 text-muted text-xs">{legend}</legend>
      {[{ value: null, label: 'any' }, ...options].map(({ value, label }) => (
        <label key={label} className="flex h-7 cursor-pointer items-center gap-2 rounded px-1 hover:bg-raised">
          <input type="radio" name={name} checked={chosen === value} onChange={() => onChange(value)} className="size-3.5 accent-accent" />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** From and to of a number between 0 and 1. */
export function RangeEditor({ legend, span, onChange }: { legend: string; span: Span; onChange: (span: Span) => void }) {
  const [from, setFrom] = useTyped(span.from === null ? '' : String(span.from));
  const [to, setTo] = useTyped(span.to === null ? '' : String(span.to));
  const [problem, setProblem] = useState<string | null>(null);
  const apply = () => {
    const next = { from: from.trim() === '' ? null : Number(from), to: to.trim() === '' ? null : Number(to) };
    const numbers = [next.from, next.to].filter((value) => value !== null);
    if (numbers.some((value) => !Number.isFinite(value) || value < -1 || value > 1)) return setProblem('Write numbers from 0 to 1.');
    if (next.from !== null && next.to !== null && next.from > next.to) return setProblem('The first must not be above the second.');
    setProblem(null);
    onChange(next);
  };
  return (
    <EditorForm legend={legend} problem={problem} onApply={apply}>
      <span className="flex items-center gap-2">
        <input
          aria-label={`${legend}, from`}
          inputMode="decimal"
          placeholder="0"
          value={from}
          onChange={({ target }) => setFrom(target.value)}
          className={FIELD}
        />
        <span className="text-muted">to</span>
        <input
          aria-label={`${legend}, to`}
          inputMode="decimal"
          placeholder="1"
          value={to}
          onChange={({ target }) => setTo(target.value)}
          className={FIELD}
        />
      </span>
    </EditorForm>
  );
}

/** One more tag, name and value exactly as they were sent. */
export function TagEditor({ onAdd }: { onAdd: (tag: Tag) => void }) {
  const [name, setName] = useState('customerId');
  const [value, setValue] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const apply = () => {
    if (name === '' && value === '') return setProblem('Enter a name or a value.');
    setProblem(null);
    setValue('');
    onAdd({ name: exactText(name), value: exactText(value) });
  };
  return (
    <EditorForm legend="Tag, exactly as it was sent" problem={problem} onApply={apply} action="Add">
      <label className="grid gap-0.5 text-muted text-xs">
        Name
        <input value={name} onChange={({ target }) => setName(target.value)} autoComplete="off" spellCheck={false} className={FIELD} />
      </label>
      <label className="grid gap-0.5 text-muted text-xs">
        Value
        <input value={value} onChange={({ target }) => setValue(target.value)} autoComplete="off" spellCheck={false} className={FIELD} />
      </label>
    </EditorForm>
  );
}

/** A text to be matched as a whole. */
export function TextEditor({ legend, text, onChange }: { legend: string; text: string; onChange: (text: string) => void }) {
  const [typed, setTyped] = useTyped(text);
  return (
    <EditorForm legend={legend} problem={null} onApply={() => onChange(typed.trim())}>
      <input
        aria-label={legend}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        autoComplete="off"
        spellCheck={false}
        className={FIELD}
      />
    </EditorForm>
  );
}

/** A person, oneself, or nobody where that can be. */
export function PersonEditor(props: {
  legend: string;
  chosen: string | null;
  reviewers: readonly Reviewer[];
  withNobody: boolean;
  onChange: (id: string | null) => void;
}) {
  const { legend, chosen, reviewers, withNobody, onChange } = props;
  return (
    <label className="grid gap-1 px-1 text-muted text-xs">
      {legend}
      <select value={chosen ?? ''} onChange={({ target }) => onChange(target.value || null)} className={`${FIELD} text-text`}>
        <option value="">anybody</option>
        <option value="me">me</option>
        {withNobody && <option value="nobody">nobody</option>}
        {chosen && !['me', 'nobody'].includes(chosen) && !reviewers.some(({ id }) => id === chosen) && (
          <option value={chosen}>somebody else</option>
        )}
        {reviewers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
