import type { ChangeView } from '@/lib/domain/change/change-view';

/** How the state of a change reads. */
export const CHANGE_STATE_WORDS: Record<ChangeView['state'], string> = {
  WAITING: 'waiting for a second reviewer',
  APPROVED: 'agreed to, about to take effect',
  REFUSED: 'refused',
  WITHDRAWN: 'withdrawn',
  TOOK_EFFECT: 'in effect',
  LAPSED: 'not possible any more',
};

/** Returns what a change would do with a capital letter. */
export function asSentence(what: string): string {
  return what.charAt(0).toUpperCase() + what.slice(1);
}

/** Returns the address that shows a change on the Approvals screen. */
export function changeHref(id: string): string {
  return `/approvals?change=${id}`;
}
