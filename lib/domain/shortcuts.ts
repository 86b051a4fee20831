import { physicalKey } from './physical-key';

export const SCOPES = ['everywhere', 'grid', 'list', 'case', 'clip', 'picture', 'compare', 'decision'] as const;
export type Scope = (typeof SCOPES)[number];

export interface Shortcut {
  /** As `KeyboardEvent.key` spells it; letters in lower case. `Shift+` before it where the same key alone means something else. */
  key: string;
  /** Where that key lies on a US keyboard, as `KeyboardEvent.code` spells it: what counts on a layout without Latin letters. */
  code: string;
  scope: Scope;
  verb: string;
  /** What `?` says it does. */
  label: string;
}

const shortcut = (scope: Scope, key: string, verb: string, label: string): Shortcut => ({
  key,
  code: physicalKey(key),
  scope,
  verb,
  label,
});

/** Every key of the console. A key means one thing in a scope, and never two in scopes that are open together. */
export const SHORTCUTS = [
  shortcut('everywhere', '?', 'help', 'Show the keys'),
  shortcut('everywhere', 'Ctrl+k', 'palette', 'Go to anything, also while you type'),
  shortcut('grid', 'j', 'next-row', 'Next row'),
  shortcut('grid', 'k', 'previous-row', 'Previous row'),
  shortcut('grid', 'Enter', 'open-case', 'Open the case'),
  shortcut('grid', 'x', 'select-row', 'Select the row, or not'),
  shortcut('grid', ' ', 'peek', 'Peek at the row, or close the panel'),
  shortcut('grid', 'c', 'claim-row', 'Claim the row’s case'),
  shortcut('grid', 'Escape', 'leave', 'Close the panel, then clear the selection'),
  shortcut('grid', '/', 'focus-filter', 'Filter'),
  shortcut('grid', 'ArrowRight', 'next-page', 'Next page of the upstream'),
  shortcut('grid', 'ArrowLeft', 'previous-page', 'Previous page of the upstream'),
  shortcut('grid', 'r', 'refresh', 'Ask again'),
  shortcut('grid', 'n', 'new-verification', 'New verification'),
  shortcut('grid', 'q', 'start-queue', 'Start the queue'),
  shortcut('list', 'j', 'next-entry', 'Next entry'),
  shortcut('list', 'k', 'previous-entry', 'Previous entry'),
  shortcut('list', 'Enter', 'open-entry', 'Open the entry'),
  shortcut('list', '/', 'filter-list', 'Filter'),
  shortcut('case', 'c', 'claim', 'Claim the case, or give it back'),
  shortcut('case', 'x', 'skip', 'Pass the case on'),
  shortcut('case', 's', 'snooze', 'Look again later'),
  shortcut('case', 'e', 'escalate', 'Escalate to a manager'),
  shortcut('case', 'Shift+r', 'reopen', 'Look at a resolved case again'),
  shortcut('case', 'Shift+a', 'assign', 'Give the case to somebody'),
  shortcut('case', 'z', 'undo', 'Take the last decision back, within ten seconds'),
  shortcut('case', 'y', 'agree', 'Agree with the proposal, as the second person'),
  shortcut('case', 'w', 'disagree', 'Disagree with the proposal'),
  shortcut('case', 'j', 'next-case', 'Next case under the same filter'),
  shortcut('case', 'k', 'previous-case', 'Previous case under the same filter'),
  shortcut('case', 'Escape', 'back', 'Close what is open, then back to the grid'),
  shortcut('case', 'a', 'approve', 'Approve'),
  shortcut('case', 'd', 'decline', 'Decline'),
  shortcut('case', 'r', 'ask-again', 'Request a resubmission'),
  shortcut('case', 'n', 'note', 'Write a note'),
  shortcut('case', 'o', 'hide-overlay', 'Hold to hide the overlay'),
  shortcut('case', 'h', 'boxes', 'Boxes on or off'),
  shortcut('case', 'l', 'landmarks', 'Landmarks on or off'),
  shortcut('case', 'f', 'fit', 'Fit both pictures'),
  shortcut('case', '[', 'turn-left', 'Turn left'),
  shortcut('case', ']', 'turn-right', 'Turn right'),
  shortcut('case', '+', 'zoom-in', 'Zoom in'),
  shortcut('case', '-', 'zoom-out', 'Zoom out'),
  shortcut('case', '0', 'actual-size', 'One picture pixel to one screen pixel'),
  shortcut('case', 'b', 'reveal', 'Reveal the pictures, or blur them'),
  shortcut('clip', ' ', 'play', 'Play or pause'),
  shortcut('clip', ',', 'frame-back', 'One frame back'),
  shortcut('clip', '.', 'frame-on', 'One frame on'),
  shortcut('clip', '<', 'slower', 'Slower'),
  shortcut('clip', '>', 'faster', 'Faster'),
  shortcut('clip', ';', 'still', 'Keep this frame as a still'),
  shortcut('case', 'm', 'mirror', 'Mirror'),
  shortcut('case', 'i', 'adjust', 'Brightness, contrast, gamma, sharpness'),
  shortcut('case', 'q', 'loupe', 'Loupe: 1:1, 2:1, 4:1, 8:1, off'),
  shortcut('case', 'Backspace', 'reset-view', 'The pictures as they are: unturned, unfiltered, fitted'),
  shortcut('case', 'p', 'pair', 'Move both pictures together, or each alone'),
  shortcut('case', '#', 'full-screen', 'Pictures on the full screen'),
  shortcut('case', 'u', 'coordinates', 'Take coordinates as shown, or as stored before EXIF'),
  shortcut('picture', 'Tab', 'next-face', 'Next face; with Shift the one before'),
  shortcut('picture', 'ArrowLeft', 'pan-left', 'Move the picture left'),
  shortcut('picture', 'ArrowRight', 'pan-right', 'Move the picture right'),
  shortcut('picture', 'ArrowUp', 'pan-up', 'Move the picture up'),
  shortcut('picture', 'ArrowDown', 'pan-down', 'Move the picture down'),
  shortcut('case', 'v', 'compare-mode', 'Next way to compare the faces'),
  shortcut('case', 'Shift+v', 'compare-large', 'Comparison over both pictures, or below them'),
  shortcut('case', 'Shift+f', 'features', 'Compare feature by feature'),
  shortcut('compare', 'ArrowLeft', 'faces-left', 'Both faces to the left'),
  shortcut('compare', 'ArrowRight', 'faces-right', 'Both faces to the right'),
  shortcut('compare', 'ArrowUp', 'faces-up', 'Both faces up'),
  shortcut('compare', 'ArrowDown', 'faces-down', 'Both faces down'),
  shortcut('compare', 'Shift+ArrowLeft', 'selfie-left', 'The selfie face alone to the left'),
  shortcut('compare', 'Shift+ArrowRight', 'selfie-right', 'The selfie face alone to the right'),
  shortcut('compare', 'Shift+ArrowUp', 'selfie-up', 'The selfie face alone up'),
  shortcut('compare', 'Shift+ArrowDown', 'selfie-down', 'The selfie face alone down'),
  shortcut('compare', 'Backspace', 'faces-reset', 'Both faces back to where their eyes put them'),
  shortcut('compare', ' ', 'other-face', 'Blink: the other face'),
  shortcut('decision', '1', 'reason-1', 'Reason 1'),
  shortcut('decision', '2', 'reason-2', 'Reason 2'),
  shortcut('decision', '3', 'reason-3', 'Reason 3'),
  shortcut('decision', '4', 'reason-4', 'Reason 4'),
  shortcut('decision', '5', 'reason-5', 'Reason 5'),
  shortcut('decision', '6', 'reason-6', 'Reason 6'),
  shortcut('decision', '7', 'reason-7', 'Reason 7'),
  shortcut('decision', '8', 'reason-8', 'Reason 8'),
  shortcut('decision', '9', 'reason-9', 'Reason 9'),
  shortcut('decision', '/', 'filter-reasons', 'Find a reason by typing'),
  shortcut('decision', 'g', 'guideline', 'Guidelines of the chosen reasons'),
  shortcut('decision', 't', 'rationale', 'Write the rationale'),
  shortcut('decision', 'Enter', 'confirm', 'Confirm; with Ctrl or Cmd while typing'),
] as const satisfies readonly Shortcut[];

export type Verb = (typeof SHORTCUTS)[number]['verb'];
