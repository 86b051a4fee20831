import type { MouseEvent } from 'react';
import { useGridContext } from './grid-context';

/**
 * The id of a record, leading to its case. A bare link and not the framework's with its hooks and effects: three rows a frame are filled
 * with another record while one scrolls, and nothing is fetched ahead here anyway.
 */
export function CaseLink({ id }: { id: number }) {
  const { hrefOf, open, current } = useGridContext();
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(id, false);
  };
  return (
    <a
      href={hrefOf(id)}
      onClick={onClick}
      data-case={id}
      tabIndex={current === id ? 0 : -1}
      className="rounded-sm font-mono hover:text-accent hover:underline"
    >
      {id}
    </a>
  );
}
