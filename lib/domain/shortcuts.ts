export const SCOPES = ['everywhere', 'grid', 'case', 'decision'] as const;
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
  shortcut('grid', '/', 'focus-filter', 'Filter by tag'),
  shortcut('grid', 'ArrowRight', 'next-page', 'Next page'),
  shortcut('grid', 'ArrowLeft', 'previous-page', 'Previous page'),
  shortcut('grid', 'r', 'refresh', 'Ask the upstream again'),
  shortcut('case', 'j', 'next-case', 'Next case under the same filter'),
  shortcut('case', 'k', 'previous-case', 'Previous case under the same filter'),
  shortcut('case', 'Escape', 'back', 'Back to the grid'),
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
] as const satisfies readonly Shortcut[];

export type Verb = (typeof SHORTCUTS)[number]['verb'];
