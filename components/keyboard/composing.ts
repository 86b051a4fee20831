/** As much of a key event as says whether an input method owns it. React's events carry it on `nativeEvent`. */
export interface MaybeComposing {
  key: string;
  isComposing?: boolean;
  keyCode?: number;
  nativeEvent?: { isComposing?: boolean; keyCode?: number };
}

/**
 * Returns true while an input method is composing: the press then belongs to it, also the Enter that takes a suggestion. Safari ends the
 * composition before that Enter and marks it by key code 229 alone.
 */
export function isComposing(event: MaybeComposing): boolean {
  const native = event.nativeEvent ?? event;
  return native.isComposing === true || native.keyCode === 229 || event.key === 'Process';
}

/** Returns true for an Enter that is meant for the page, not for an input method. */
export function isEnter(event: MaybeComposing): boolean {
  return event.key === 'Enter' && !isComposing(event);
}

/** Returns true for the Enter that sends what is typed, with Ctrl or Cmd held. */
export function isSend(event: MaybeComposing & { ctrlKey: boolean; metaKey: boolean }): boolean {
  return isEnter(event) && (event.ctrlKey || event.metaKey);
}
