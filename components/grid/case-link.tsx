import Link from 'next/link';
import { useGridContext } from './grid-context';

/** The id of a record, leading to its case. */
export function CaseLink({ id }: { id: number }) {
  const { hrefOf, current } = useGridContext();
  return (
    <Link
      href={hrefOf(id)}
      prefetch={false}
      data-case={id}
      tabIndex={current === id ? 0 : -1}
      className="rounded-sm font-mono hover:text-accent hover:underline"
    >
      {id}
    </Link>
  );
}
