import { type FormEvent, type RefObject, useState } from 'react';
import { Kbd } from '../ui/kbd';

export interface SearchFieldProps {
  text: string;
  onSearch: (text: string) => void;
  inputRef: RefObject<HTMLInputElement | null>;
}

/** Part of a file's name, applied with Enter. */
export function SearchField({ text, onSearch, inputRef }: SearchFieldProps) {
  const [state, setState] = useState({ given: text, typed: text });
  if (state.given !== text) setState({ given: text, typed: text });
  const apply = (event: FormEvent) => {
    event.preventDefault();
    onSearch(state.typed.trim());
  };
  return (
    <form onSubmit={apply} className="relative w-full sm:w-44">
      <input
        ref={inputRef}
        type="search"
        value={state.typed}
        onChange={({ target }) => {
          setState({ given: text, typed: target.value });
          // The field's own cross empties it at once.
          if (target.value === '' && text !== '') onSearch('');
        }}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        aria-label="Search file names"
        aria-keyshortcuts="/"
        placeholder="File name"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className="h-8 w-full rounded-md border border-line-strong bg-surface pr-8 pl-2.5 text-[16px] placeholder:text-faint sm:h-7 sm:text-sm"
      />
      <span className="pointer-events-none absolute inset-y-0 right-2 hidden items-center sm:flex">
        <Kbd scope="grid">/</Kbd>
      </span>
    </form>
  );
}
