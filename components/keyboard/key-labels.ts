import { type Binding, boundShortcuts } from '@/lib/domain/bound-shortcuts';
import { type Scope, SHORTCUTS } from '@/lib/domain/shortcuts';
import type { KeyLabel } from '../ui/key-label';
import { keyName } from './key-name';

/** Where a key printed without its scope is obeyed. */
const USUAL_SCOPES: readonly Scope[] = ['case', 'clip', 'decision', 'everywhere'];

/** Returns how keys are printed for somebody who chose these. Pure. */
export function keyLabels(bindings: readonly Binding[]): KeyLabel {
  const bound = boundShortcuts(bindings);
  const changed = new Map(
    SHORTCUTS.flatMap(({ scope, key }, index) => {
      const own = bound[index]?.key ?? key;
      return own === key ? [] : [[`${scope} ${keyName(key)}`, keyName(own)] as const];
    }),
  );
  return (usual, scope) => {
    for (const one of scope ? [scope] : USUAL_SCOPES) {
      const own = changed.get(`${one} ${usual.replace('+', ' ').toUpperCase()}`) ?? changed.get(`${one} ${usual}`);
      if (own) return own;
    }
    return usual;
  };
}
