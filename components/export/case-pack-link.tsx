import Link from 'next/link';
import { buttonClass } from '../ui/button';

/** The way from a case to its pack, for whoever may take one away. */
export function CasePackLink({ id }: { id: number }) {
  return (
    <Link href={`/audit/exports?kind=case-pack&verification=${id}`} prefetch={false} className={buttonClass('quiet', true)}>
      Case pack
    </Link>
  );
}
