'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useRef, useState } from 'react';
import * as z from 'zod/mini';
import { type ExportSummary, exportSummary } from '@/lib/domain/export';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { ask } from '../review/post';
import { buttonClass } from '../ui/button';
import { Notice } from '../ui/notice';
import { ExportForm } from './export-form';
import { ExportList } from './export-list';
import { exportHref, readExportForm } from './export-url';
import { useExports } from './use-exports';

export interface ExportsScreenProps {
  /** As the server found them. */
  exports: ExportSummary[];
  reviewers: { id: string; name: string }[];
  keepHours: number;
}

const answer = z.object({ export: exportSummary });

/** Exports past and new. The URL is the form, so that any list can lead here under its own filter. */
export function ExportsScreen({ exports: first, reviewers, keepHours }: ExportsScreenProps) {
  const form = readExportForm(new URLSearchParams(useSearchParams()));
  const { exports, problem, refresh } = useExports(first);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const top = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);

  const act = async (method: 'POST' | 'DELETE', url: string, sentence: string, body?: unknown) => {
    setBusy(true);
    const result = await ask(method, url, answer, { body });
    setBusy(false);
    setRefused(result.ok ? null : result.message);
    if (result.ok) setSaid(sentence);
    await refresh();
  };
  const begin = () =>
    act('POST', '/api/exports', 'The export is being written.', { kind: form.kind, format: form.format, query: form.filter.toString() });
  const cancel = (id: string) => act('DELETE', `/api/exports/${id}`, 'The export was cancelled.');
  const move = (step: number) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = rows.findIndex((row) => row.matches(':focus'));
    rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
  };
  useShortcuts('list', { 'next-entry': () => move(1), 'previous-entry': () => move(-1), 'filter-list': () => top.current?.focus() });

  return (
    <div className="mx-auto grid w-full max-w-6xl content-start gap-4 px-3 py-4 sm:px-6 sm:py-6">
      <header className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="font-semibold text-xl">Exports</h1>
        <Link href="/audit" prefetch={false} className={buttonClass('quiet')}>
          Audit log
        </Link>
      </header>
      <ExportForm
        form={form}
        onChange={(next) => window.history.replaceState(null, '', exportHref(next))}
        onExport={begin}
        busy={busy}
        reviewers={reviewers}
        first={top}
      />
      {refused && <Notice tone="bad" title={refused} />}
      {problem && <Notice tone="warn" title={problem} />}
      <section aria-labelledby="past-exports" className="grid gap-2">
        <h2 id="past-exports" className="font-semibold text-lg">
          Made so far
        </h2>
        {exports.length === 0 && <p className="text-muted">None yet.</p>}
        <div ref={list}>
          <ExportList exports={exports} onCancel={cancel} />
        </div>
        <p className="text-muted">
          The newest hundred, of everybody. A file can be downloaded for {keepHours} hours; that it was made, and each download, stays in
          the audit log.
        </p>
      </section>
      <section aria-labelledby="verify" className="grid gap-1.5 rounded-lg border border-line bg-surface px-4 py-3">
        <h2 id="verify" className="font-semibold text-lg">
          Verify one without us
        </h2>
        <ol className="list-inside list-decimal text-muted">
          <li>Unpack the ZIP into a folder of its own, on a machine with Node and no network.</li>
          <li>
            Read <code className="font-mono text-text">verify.mjs</code>, then run{' '}
            <code className="font-mono text-text">node verify.mjs</code> in that folder. It names the first thing that is not as it was
            recorded.
          </li>
          <li>Compare the sha256 of manifest.json with the one under Proof, and the key with the one you were given.</li>
        </ol>
        <p className="text-muted">
          In a CSV, text that a spreadsheet would run as a formula has an apostrophe in front; take one leading apostrophe away to have the
          text as it was written.
        </p>
      </section>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </div>
  );
}
