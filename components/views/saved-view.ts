import type { SavedView } from '@/lib/domain/desk-input';
import { type GridState, gridSearch, readGridUrl } from '../grid/grid-url';

/** Everything, from the index: the address that stands for no view at all. */
export const ALL = 'source=index';

/** Whether a view shows just this; its address may spell it otherwise. */
export function isShown(query: string, state: GridState): boolean {
  const read = readGridUrl(new URLSearchParams(query));
  return !('field' in read) && gridSearch(read) === gridSearch(state);
}

/** The view a role begins with: its own default where there is one. */
export function defaultView(views: readonly SavedView[], role: string): SavedView | undefined {
  return views.find(({ defaultFor }) => defaultFor === role);
}
