/** Which rows are chosen: some by their numbers, or whatever the filter finds, those never loaded included. */
export type Selection = { kind: 'some'; ids: ReadonlySet<number> } | { kind: 'all' };

export const NOTHING_SELECTED: Selection = { kind: 'some', ids: new Set() };

export function isSelected(selection: Selection, id: number): boolean {
  return selection.kind === 'all' || selection.ids.has(id);
}

export function isEmpty(selection: Selection): boolean {
  return selection.kind === 'some' && selection.ids.size === 0;
}

/** With one row more or less. Where all are chosen, none can be left out: the choice stays. */
export function toggled(selection: Selection, id: number): Selection {
  if (selection.kind === 'all') return selection;
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { kind: 'some', ids };
}
