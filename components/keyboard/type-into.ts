/** Returns the field that takes text now; null when there is none. */
export function fieldInFocus(): HTMLInputElement | HTMLTextAreaElement | null {
  const field = document.activeElement;
  if (field instanceof HTMLTextAreaElement) return field;
  const isText = field instanceof HTMLInputElement && ['text', 'search', 'url', 'tel', 'password'].includes(field.type);
  return isText ? field : null;
}

/** Types a text into a field at its caret, as a keyboard would. */
export function typeInto(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const { selectionStart, selectionEnd, value } = field;
  field.setRangeText(text, selectionStart ?? value.length, selectionEnd ?? value.length, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text, inputType: 'insertText' }));
}
