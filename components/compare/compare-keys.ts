import type { KeyTyped } from '@/lib/domain/key-press';
import { shortcutOf } from '../keyboard/shortcut-of';

/** Verbs of the case that act on the comparison while it has the focus. */
const BORROWED = new Set<string>(['zoom-in', 'zoom-out', 'fit']);

/** The verb a key means while the comparison has the focus, by the one registry; null for none. */
export function compareKey(event: KeyTyped): string | null {
  const own = shortcutOf('compare', event);
  if (own) return own.verb;
  const verb = shortcutOf('case', event)?.verb;
  return verb && BORROWED.has(verb) ? verb : null;
}
