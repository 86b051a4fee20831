import { type Scope, SHORTCUTS, type Shortcut } from '@/lib/domain/shortcuts';

/** The entry of the registry a key press means in a scope: with Shift held one that asks for it, or else the key by itself. */
export function shortcutOf(scope: Scope, { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): Shortcut | undefined {
  const pressed = key.length === 1 ? key.toLowerCase() : key;
  const known = (wanted: string) => SHORTCUTS.find((candidate) => candidate.scope === scope && candidate.key === wanted);
  return (shiftKey ? known(`Shift+${pressed}`) : undefined) ?? known(pressed);
}
