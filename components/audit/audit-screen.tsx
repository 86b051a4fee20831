'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useShortcuts } from '../keyboard/use-shortcuts';
import { ask } from '../review/post';
import { Button, buttonClass } from '../ui/button';
import { Notice } from '../ui/notice';
import { type AuditLine, auditLineOf, wireAuditPage } from './audit-events-wire';
import { AuditFilter } from './audit-filter';
import { AuditLog } from './audit-log';
import { type AuditQuery, auditParams, auditSearch, readAuditQuery } from './audit-query';
import { ChainVerdict } from './chain-verdict';

interface Shown {
  lines: AuditLine[];
  cursor: string | null;
}

/** Who did what to which case, when: narrowed by the URL, newest first, with the state of the chain above. */
export function AuditScreen({ mayExport }: { mayExport: boolean }) {
  const search = useSearchParams().toString();
  const query = readAuditQuery(new URLSearchParams(search));
  const asked = auditParams(query).toString();
  const [shown, setShown] = useState<Shown | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [loading, setLoading] = useState(true);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);

  const load = async (cursor: string | null): Promise<Shown | null> => {
    const params = new URLSearchParams(asked);
    if (cursor !== null) params.set('cursor', cursor);
    const result = await ask('GET', `/api/audit?${params}`, wireAuditPage);
    setProblem(result.ok ? null : result.message);
    if (!result.ok) return null;
    return { lines: result.value.events.map(auditLineOf), cursor: result.value.nextCursor };
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another question is a reason to ask again
  useEffect(() => {
    let gone = false;
    setLoading(true);
    load(null).then((page) => {
      if (gone) return;
      setShown(page);
      setLoading(false);
    });
    return () => {
      gone = true;
    };
  }, [asked]);
  const more = async () => {
    if (!shown?.cursor || loading) return;
    setLoading(true);
    const page = await load(shown.cursor);
    setLoading(false);
    if (page) setShown({ lines: [...shown.lines, ...page.lines], cursor: page.cursor });
  };
  const show = (next: AuditQuery) => window.history.pushState(null, '', `/audit?${auditSearch(next)}`);
  const move = (step: number) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = rows.findIndex((row) => row.matches(':focus'));
    rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
  };
  useShortcuts('list', {
    'next-entry': () => move(1),
    'previous-entry': () => move(-1),
    'filter-list': () => field.current?.focus(),
  });

  return (
    <div className="mx-auto grid w-full max-w-6xl content-start gap-3 px-3 py-4 sm:px-6 sm:py-6">
      <header className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="font-semibold text-xl">Audit</h1>
        <span className="flex gap-2">
          <Link href={`/audit/reading?${readingParams(query)}`} prefetch={false} className={buttonClass()}>
            Reading report
          </Link>
          {mayExport && (
            <Link href={`/audit/exports?kind=audit-log&${asked}`} prefetch={false} className={buttonClass()}>
              Exports
            </Link>
          )}
        </span>
      </header>
      <ChainVerdict />
      <AuditFilter query={query} onChange={show} field={field} />
      {problem && <Notice tone="bad" title={problem} />}
      <div ref={list} aria-busy={loading}>
        {shown && <AuditLog lines={shown.lines} />}
      </div>
      {shown && shown.lines.length === 0 && !problem && (
        <p className="text-muted">Nothing was recorded that fits. Widen the days or clear a field.</p>
      )}
      {loading && <p className="text-muted">Reading the log…</p>}
      {shown?.cursor && !loading && (
        <Button onClick={more} className="justify-self-center">
          Older events
        </Button>
      )}
    </div>
  );
}

/** What the reading report can be narrowed to as well. */
function readingParams({ verification, from, to }: AuditQuery): URLSearchParams {
  return new URLSearchParams(Object.entries({ verification, from, to }).filter(([, value]) => value !== ''));
}
