import type { Verification } from '@/lib/domain/verification';
import { ForeignText } from '../ui/foreign-text';
import { Sign } from '../ui/sign';
import { NOTHING, noticedOf } from './cell-text';

/**
 * The first thing about a record that deserves a look, and how many more there are; else, calmly, what is normal. For a line of
 * items; `quiet` says nothing where nothing was noticed.
 */
export function FindingsCell({ verification, quiet = false }: { verification: Verification; quiet?: boolean }) {
  const noticed = noticedOf(verification);
  if (!noticed) return quiet ? null : <span className="text-faint">{NOTHING}</span>;
  const { first, more } = noticed;
  const deservesLook = first.weight === 'warning';
  return (
    <>
      {deservesLook && <Sign kind="warning" className="size-3.5 shrink-0 text-warn" />}
      <span className={deservesLook ? 'truncate' : 'truncate text-muted'}>
        <ForeignText text={first.label} />
      </span>
      {more > 0 && <span className="shrink-0 text-muted">+{more}</span>}
    </>
  );
}
