'use client';

import { GridScreen, type GridScreenProps } from './grid-screen';
import { QueryProvider } from './query-provider';
import { UnreadableUrl } from './unreadable-url';
import { useGridState } from './use-grid-state';

export type GridProps = Omit<GridScreenProps, 'state' | 'onShow'> & {
  /** The address of the view a bare address stands for; null for everything there is. */
  begin: string | null;
};

/** The list of verifications, shown as the URL says: from the index where there is one. */
export function Grid({ begin, ...props }: GridProps) {
  const { reading, show } = useGridState(props.index.backfill.isDone ? 'index' : 'live', begin);
  if ('field' in reading) return <UnreadableUrl parameter={reading} />;
  return (
    <QueryProvider>
      <GridScreen {...props} state={reading} onShow={show} />
    </QueryProvider>
  );
}
