import { isCommand } from '@/lib/domain/key-press';
import { SCOPES, type Shortcut } from '@/lib/domain/shortcuts';
import { shortcutsNow } from './bindings';
import { isTyping } from './is-typing';
import { type Offer, offersOf, type Run } from './offers';
import { shortcutOf } from './shortcut-of';

const REPEATABLE = new Set<string>([
  'next-row',
  'previous-row',
  'next-entry',
  'previous-entry',
  'zoom-in',
  'zoom-out',
  'frame-back',
  'frame-on',
]);

/** What becomes of a press: it was obeyed, its offer cannot obey it yet, nobody on the screen offers what it means, or it means nothing. */
export type Outcome = { kind: 'obeyed' } | { kind: 'soon'; offer: Offer } | { kind: 'unoffered' } | { kind: 'ignored' };

const watching = new Set<(verb: string) => void>();

/** Calls back before a verb is run. Returns the way to stop. */
export function beforeVerb(act: (verb: string) => void): () => void {
  watching.add(act);
  return () => void watching.delete(act);
}

/**
 * The one guard of the console: keys are left alone while text is typed, a dialog is open, Ctrl, Alt or Meta is held, an input method is
 * composing, or the key repeats (moving keys excepted). Runs what the press means on this screen, by the oldest offer that has it.
 */
export function obey(event: KeyboardEvent): Outcome {
  if (event.defaultPrevented) return { kind: 'ignored' };
  const command = shortcutsNow().find(({ key }) => key.startsWith('Ctrl+') && isCommand(event, key.slice('Ctrl+'.length)));
  if (command) return obeyCommand(event, command);
  if (isTyping(event)) return { kind: 'ignored' };
  const meant = SCOPES.flatMap((scope) => shortcutOf(scope, event) ?? []);
  if (meant.length === 0) return { kind: 'ignored' };
  const found = meant.filter(({ verb }) => !event.repeat || REPEATABLE.has(verb)).flatMap((shortcut) => offered(shortcut) ?? [])[0];
  if (!found) return { kind: event.repeat ? 'ignored' : 'unoffered' };
  event.preventDefault();
  return run(found);
}

// Also while text is typed: the browser's own Ctrl K leads to a search engine, with whatever is typed there.
function obeyCommand(event: KeyboardEvent, shortcut: Shortcut): Outcome {
  event.preventDefault();
  const found = offered(shortcut);
  if (!found) return { kind: 'unoffered' };
  return document.querySelector('dialog[open]') ? { kind: 'ignored' } : run(found);
}

interface Found {
  shortcut: Shortcut;
  offer: Offer;
  act: Run;
}

function offered(shortcut: Shortcut): Found | null {
  for (const offer of offersOf(shortcut.scope)) {
    const act = offer.handlerOf(shortcut.verb);
    if (act) return { shortcut, offer, act };
  }
  return null;
}

function run({ shortcut, offer, act }: Found): Outcome {
  for (const watch of watching) watch(shortcut.verb);
  return act() === 'soon' ? { kind: 'soon', offer } : { kind: 'obeyed' };
}
