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

/** With all rows of a page, or, where they all were chosen, without them. What is chosen on other pages stays. */
export function withPage(selection: Selection, page: readonly number[]): Selection {
  if (selection.kind === 'all') return NOTHING_SELECTED;
  const ids = new Set(selection.ids);
  const isWhole = holdsPage(selection, page);
  for (const id of page) isWhole ? ids.delete(id) : ids.add(id);
  return { kind: 'some', ids };
}

/** Whether all rows of a page are chosen. */
export function holdsPage(selection: Selection, page: readonly number[]): boolean {
  return page.every((id) => isSelected(selection, id));
}
