import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { Verification } from '@/lib/domain/verification';
import { classNames } from '../ui/class-names';
import { NOTHING, noticedOf } from './cell-text';

/**
 * The first thing about a record that deserves a look, and how many more there are; else, calmly, what is normal. `quiet` says nothing
 * where nothing was noticed.
 */
export function FindingsCell({ verification, quiet = false }: { verification: Verification; quiet?: boolean }) {
  const noticed = useMemo(() => noticedOf(verification), [verification]);
  if (!noticed) return quiet ? null : <span className="text-faint">{NOTHING}</span>;
  const { first, more, detail } = noticed;
  const deservesLook = first.weight === 'warning';
  return (
    <span className={classNames('flex min-w-0 items-center gap-1.5', !deservesLook && 'text-muted')} title={detail}>
      {deservesLook && <TriangleAlert aria-hidden="true" className="size-3.5 shrink-0 text-warn" />}
      <span className="truncate">{first.label}</span>
      {more > 0 && <span className="shrink-0 text-muted">+{more}</span>}
    </span>
  );
}
