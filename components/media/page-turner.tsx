'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '../ui/button';
import type { Turner } from './use-pages';

/** Turns the pages of a document; says which one is shown. */
export function PageTurner({ turner: { page, pages, turning, problem, turnTo } }: { turner: Turner }) {
  const at = turning ?? page;
  return (
    <div className="absolute top-2 right-2 z-10 grid justify-items-end gap-1">
      <fieldset className="flex items-center gap-1 rounded-md bg-surface p-0.5 shadow-sm ring-1 ring-line">
        <legend className="sr-only">Pages of the document</legend>
        <Button small aria-label="Previous page" disabled={at <= 1} onClick={() => turnTo(at - 1)}>
          <ChevronLeft aria-hidden="true" className="size-4" />
        </Button>
        <label className="flex items-center gap-1 text-xs tabular-nums">
          <span className="sr-only">Page</span>
          <select
            value={at}
            onChange={({ target }) => turnTo(Number(target.value))}
            className="rounded border border-line bg-surface px-1 py-0.5"
          >
            {Array.from({ length: pages }, (_, index) => index + 1).map((number) => (
              <option key={number}>{number}</option>
            ))}
          </select>
          of {pages}
        </label>
        <Button small aria-label="Next page" disabled={at >= pages} onClick={() => turnTo(at + 1)}>
          <ChevronRight aria-hidden="true" className="size-4" />
        </Button>
      </fieldset>
      {(turning !== null || problem) && (
        <p role="status" className="rounded bg-black/75 px-2 py-0.5 text-white text-xs">
          {problem ?? `Drawing page ${turning}…`}
        </p>
      )}
    </div>
  );
}
