'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import type { ReadingCounts } from '@/lib/domain/reading-query';
import { SelectField } from '../export/fields';
import { DayField } from '../filters/day-field';
import { VerificationField } from '../filters/verification-field';
import { Button, buttonClass } from '../ui/button';
import { Notice } from '../ui/notice';
import { AuditLog } from './audit-log';
import { ReadingTables } from './reading-counts';
import { type ReadingQuery, readingExportHref, readingSearch, readReadingQuery } from './reading-wire';
import { useReading } from './use-reading';

/** Who looked at which records, and what a person looked at: narrowed by the URL, from the events of the log. */
export function ReadingScreen({ mayExport }: { mayExport: boolean }) {
  const search = useSearchParams().toString();
  const query = readReadingQuery(new URLSearchParams(search));
  const { shown, problem, loading, more } = useReading(readingSearch(query).toString());
  const people = usePeople(shown?.counts ?? null, query.person);
  const set = (change: Partial<ReadingQuery>) =>
    window.history.pushState(null, '', `/audit/reading?${readingSearch({ ...query, ...change })}`);
  return (
    <div className="mx-auto grid w-full max-w-6xl grid-cols-[minmax(0,1fr)] content-start gap-3 px-3 py-4 sm:px-6 sm:py-6">
      <header className="flex flex-wrap items-start justify-between gap-2">
        <div>
          <h1 className="font-semibold text-xl">Reading report</h1>
          <p className="text-muted">
            Who opened cases and evidence, searched, read the log or a list, or downloaded an export. The same again within 15 minutes
            counts once.
          </p>
        </div>
        <span className="flex gap-2">
          <Link href="/audit" prefetch={false} className={buttonClass()}>
            Audit log
          </Link>
          {mayExport && (
            <Link href={readingExportHref(query)} prefetch={false} className={buttonClass()}>
              Export as CSV
            </Link>
          )}
        </span>
      </header>
      <search className="flex flex-wrap items-start gap-2">
        <SelectField label="Person" value={query.person} onChange={(person) => set({ person })} any="All people" options={people} />
        <VerificationField value={query.verification} onChange={(verification) => set({ verification })} />
        <DayField label="From" value={query.from} onChange={(from) => set({ from })} />
        <DayField label="To" value={query.to} onChange={(to) => set({ to })} />
        {Object.values(query).some((value) => value !== '') && (
          <Button variant="quiet" onClick={() => set({ person: '', verification: '', from: '', to: '' })} className="mt-4.5">
            Clear filter
          </Button>
        )}
      </search>
      {problem && <Notice tone="bad" title={problem} />}
      {shown?.counts && <ReadingTables counts={shown.counts} query={query} />}
      <section aria-label="Events" aria-busy={loading}>
        {shown && shown.lines.length > 0 && <h2 className="mb-2 font-semibold text-lg">Events</h2>}
        {shown && <AuditLog lines={shown.lines} />}
      </section>
      {shown && shown.lines.length === 0 && <p className="text-muted">No reading matches. Widen the days or clear a field.</p>}
      {loading && <p className="text-muted">Loading the report…</p>}
      {shown?.cursor && !loading && (
        <Button onClick={more} className="justify-self-center">
          Load older events
        </Button>
      )}
    </div>
  );
}

/** The people to choose from: those met so far, so that choosing one does not take the others away. */
function usePeople(counts: ReadingCounts | null, chosen: string): [id: string, name: string][] {
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(new Map());
  const met = counts?.people.filter(({ id, name }) => known.get(id) !== name) ?? [];
  if (met.length > 0) setKnown(new Map([...known, ...met.map(({ id, name }) => [id, name] as const)]));
  const names = [...known].toSorted(([, a], [, b]) => a.localeCompare(b));
  return chosen === '' || known.has(chosen) ? names : [...names, [chosen, 'Nobody found']];
}
