import { type KeyTyped, keysOf } from '@/lib/domain/key-press';
import type { Scope, Shortcut } from '@/lib/domain/shortcuts';
import { shortcutsNow } from './bindings';
import { scriptNow } from './layout';

/** Returns the entry of the registry a key press means in a scope: with Shift held one that asks for it, or else the key by itself. */
export function shortcutOf(scope: Scope, press: KeyTyped): Shortcut | undefined {
  for (const key of keysOf(press, scriptNow())) {
    const found = shortcutsNow().find((candidate) => candidate.scope === scope && candidate.key === key);
    if (found) return found;
  }
  return undefined;
}
