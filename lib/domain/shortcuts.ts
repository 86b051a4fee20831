export const SCOPES = ['everywhere', 'grid', 'list', 'case', 'decision'] as const;
export type Scope = (typeof SCOPES)[number];

export interface Shortcut {
  /** As `KeyboardEvent.key` spells it; letters in lower case. */
  key: string;
  scope: Scope;
  verb: string;
  /** What `?` says it does. */
  label: string;
}

const shortcut = (scope: Scope, key: string, verb: string, label: string): Shortcut => ({ key, scope, verb, label });

/** Every key of the console. A key means one thing in a scope, and never two in scopes that are open together. */
export const SHORTCUTS = [
  shortcut('everywhere', '?', 'help', 'Show the keys'),
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
  shortcut('list', 'j', 'next-entry', 'Next entry'),
  shortcut('list', 'k', 'previous-entry', 'Previous entry'),
  shortcut('list', 'Enter', 'open-entry', 'Open the entry'),
  shortcut('list', '/', 'filter-list', 'Filter'),
  shortcut('case', 'c', 'claim', 'Claim the case, or give it back'),
  shortcut('case', 'x', 'skip', 'Pass the case on'),
  shortcut('case', 's', 'snooze', 'Look again later'),
  shortcut('case', 'e', 'escalate', 'Escalate to a manager'),
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
