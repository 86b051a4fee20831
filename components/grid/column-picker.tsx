import { Columns3 } from 'lucide-react';
import { useState } from 'react';
import { lazyPart } from '../parts/lazy-part';
import { buttonClass } from '../ui/button';
import { PopoverButton } from '../ui/popover-button';
import type { ColumnListProps } from './column-list';

const ColumnList = lazyPart(() => import('./column-list'), { name: 'The list of columns' });

/** Which columns are shown and in what order; fetched when it is first opened. */
export function ColumnPicker({ columns, onChange }: ColumnListProps) {
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <PopoverButton
      label="Choose columns"
      className={buttonClass('quiet', true)}
      panelClassName="w-64"
      onOpen={() => setWasOpened(true)}
      panel={wasOpened && <ColumnList {...{ columns, onChange }} />}
    >
      <Columns3 aria-hidden="true" className="size-3.5" />
      Columns
    </PopoverButton>
  );
}
