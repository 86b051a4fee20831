import { useEffect, useState } from 'react';
import type { ReadingCounts } from '@/lib/domain/reading-query';
import { ask } from '../review/post';
import { type AuditLine, auditLineOf } from './audit-events-wire';
import { wireReading } from './reading-wire';

export interface ShownReading {
  counts: ReadingCounts | null;
  lines: AuditLine[];
  cursor: string | null;
}

/** Loads the reading report under a filter, and further pages of its events. */
export function useReading(asked: string) {
  const [shown, setShown] = useState<ShownReading | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [loading, setLoading] = useState(true);
  useEffect(() => {
    let gone = false;
    setLoading(true);
    load(asked, null).then((result) => {
      if (gone) return;
      setShown(result.shown);
      setProblem(result.problem);
      setLoading(false);
    });
    return () => {
      gone = true;
    };
  }, [asked]);
  const more = async () => {
    if (!shown?.cursor || loading) return;
    setLoading(true);
    const next = await load(asked, shown.cursor);
    setLoading(false);
    setProblem(next.problem);
    if (next.shown) setShown({ ...next.shown, counts: shown.counts, lines: [...shown.lines, ...next.shown.lines] });
  };
  return { shown, problem, loading, more };
}

async function load(asked: string, cursor: string | null): Promise<{ shown: ShownReading | null; problem: string | null }> {
  const params = new URLSearchParams(asked);
  if (cursor !== null) params.set('cursor', cursor);
  const result = await ask('GET', `/api/audit/reading?${params}`, wireReading);
  if (!result.ok) return { shown: null, problem: result.message };
  const { events, nextCursor, counts } = result.value;
  return { shown: { counts, lines: events.map(auditLineOf), cursor: nextCursor }, problem: null };
}
