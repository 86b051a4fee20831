import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { Verification } from '@/lib/domain/verification';
import { NOTHING, warningsOf } from './cell-text';

/** The first thing about a record that deserves a look, and how many more there are; `quiet` says nothing where there is none. */
export function FindingsCell({ verification, quiet = false }: { verification: Verification; quiet?: boolean }) {
  const warnings = useMemo(() => warningsOf(verification), [verification]);
  if (!warnings) return quiet ? null : <span className="text-faint">{NOTHING}</span>;
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={warnings.detail}>
      <TriangleAlert aria-hidden="true" className="size-3.5 shrink-0 text-warn" />
      <span className="truncate">{warnings.first.label}</span>
      {warnings.more > 0 && <span className="shrink-0 text-muted">+{warnings.more}</span>}
    </span>
  );
}
