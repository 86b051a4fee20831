import { useCallback, useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { type ExportSummary, exportSummary } from '@/lib/domain/export';
import { ask } from '../review/post';

const answer = z.object({ exports: z.array(exportSummary) });
const LOOK_MS = 1000;

/** The exports there are, asked for again every second while one is being written. */
export function useExports(first: ExportSummary[]): { exports: ExportSummary[]; problem: string | null; refresh: () => Promise<void> } {
  const [exports, setExports] = useState(first);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useCallback(async () => {
    const result = await ask('GET', '/api/exports', answer);
    setProblem(result.ok ? null : 'How far the exports are cannot be asked right now.');
    if (result.ok) setExports(result.value.exports);
  }, []);
  const running = exports.some(({ state }) => state === 'RUNNING');
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => void refresh(), LOOK_MS);
    return () => clearInterval(timer);
  }, [running, refresh]);
  return { exports, problem, refresh };
}
