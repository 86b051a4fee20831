import { type Binding, boundShortcuts } from '@/lib/domain/bound-shortcuts';
import { SHORTCUTS, type Shortcut } from '@/lib/domain/shortcuts';

let bound: readonly Shortcut[] = SHORTCUTS;

/** Takes over the keys the person of this page chose. */
export function bindKeys(bindings: readonly Binding[]): void {
  bound = boundShortcuts(bindings);
}

/** Returns the registry with the keys the person of this page chose. */
export function shortcutsNow(): readonly Shortcut[] {
  return bound;
}
