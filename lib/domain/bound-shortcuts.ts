import { physicalKey } from './physical-key';
import { SHORTCUTS, type Shortcut } from './shortcuts';

/** A verb that one person gave another key. */
export interface Binding {
  scope: string;
  verb: string;
  key: string;
}

/** Returns true for a verb whose key may be changed: Enter, Escape, Tab, Space, arrows and Ctrl keep the meaning they have in every program. Pure. */
export function isChangeable({ key }: Pick<Shortcut, 'key'>): boolean {
  return /^(Shift\+)?\S$/u.test(key);
}

/** Returns the registry with a person's keys in place of the usual ones. A binding that names no verb changes nothing. Pure. */
export function boundShortcuts(bindings: readonly Binding[]): readonly Shortcut[] {
  if (bindings.length === 0) return SHORTCUTS;
  return SHORTCUTS.map((shortcut: Shortcut) => {
    const own = bindings.find(({ scope, verb }) => scope === shortcut.scope && verb === shortcut.verb);
    return own && isChangeable(shortcut) ? { ...shortcut, key: own.key, code: physicalKey(own.key) } : shortcut;
  });
}
