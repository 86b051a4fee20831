import { isComposing } from './composing';

/** A panel that closes is no longer open for the browser at once, whatever is still told of it; hence not by its role. */
const OPEN = '[role="dialog"]:not([popover]),[role="alertdialog"],[role="menu"],dialog[open],:popover-open';

/** Whether a key press belongs to a text field, an open dialog or menu, a modifier combination or an input method. */
export function isTyping(event: KeyboardEvent): boolean {
  if (isComposing(event) || (isModified(event) && !typesSymbol(event))) return true;
  if (document.querySelector(OPEN)) return true;
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return false;
  if (target.closest('[contenteditable]:not([contenteditable="false"])')) return true;
  if (target.closest('textarea,select')) return true;
  const input = target.closest('input');
  if (input && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(input.type)) return true;
  // Enter and Space on a focused button belong to it, and Enter on a link.
  if (event.key === 'Enter' && target.closest('a')) return true;
  return (event.key === 'Enter' || event.key === ' ') && target.closest('button,summary,[role="option"],input') !== null;
}

const isModified = ({ ctrlKey, altKey, metaKey }: KeyboardEvent) => ctrlKey || altKey || metaKey;

/**
 * Returns true when AltGr, or Option on a Mac, types a symbol, as brackets on most European layouts. Windows reports AltGr as Ctrl with
 * Alt. A letter with Alt stays a command of the browser.
 */
function typesSymbol(event: KeyboardEvent): boolean {
  const isAltGraph = event.getModifierState?.('AltGraph') ?? false;
  const isOption = event.altKey && !event.ctrlKey && isMac();
  return !event.metaKey && (isAltGraph || isOption) && /^[^\p{Letter}\p{Number}\s]$/u.test(event.key);
}

function isMac(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
}
