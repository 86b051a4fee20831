import { createContext, useContext } from 'react';
import type { Tag } from '@/lib/domain/verification';

/** What a cell needs beside its own record. */
export interface GridContextValue {
  hrefOf: (id: number) => string;
  open: (id: number, newTab: boolean) => void;
  /** Whether the filter in force already asks for this tag. */
  isFilteredBy: (tag: Tag) => boolean;
  filterBy: (tag: Tag) => void;
  /** The row the keys act on; its controls are the ones Tab reaches. */
  current: number | null;
}

const GridContext = createContext<GridContextValue | null>(null);

export const GridContextProvider = GridContext.Provider;

export function useGridContext(): GridContextValue {
  const value = useContext(GridContext);
  if (!value) throw new Error('A grid cell was rendered outside of the grid.');
  return value;
}
