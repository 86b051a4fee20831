const typedIn = new Set<Element>();
let isWatching = false;

/** Begins to watch in which fields something is typed or chosen. */
export function watchTyping(): void {
  if (isWatching) return;
  isWatching = true;
  document.addEventListener('input', ({ target }) => {
    if (target instanceof Element && target.matches('input,textarea,select,[contenteditable]')) typedIn.add(target);
  });
}

/**
 * Returns true while something typed or chosen on this page would be lost with it, or a dialog is open. What no field holds, as a dropped
 * file or selected rows, is marked `data-unsaved` where it is shown.
 */
export function isAnythingTyped(): boolean {
  for (const field of typedIn) if (!field.isConnected || isEmpty(field)) typedIn.delete(field);
  return typedIn.size > 0 || document.querySelector('dialog[open],[data-unsaved]') !== null;
}

function isEmpty(field: Element): boolean {
  if (field instanceof HTMLInputElement) return field.type !== 'file' && field.value === '';
  return field instanceof HTMLTextAreaElement && field.value === '';
}
