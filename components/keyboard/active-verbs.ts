import { type Scope, SHORTCUTS, type Shortcut } from '@/lib/domain/shortcuts';

type Run = () => void;

/** What the components on the screen offer right now, newest last. */
const offered = new Set<{ scope: Scope; runs: () => ReadonlyMap<string, Run> }>();

/** Tells which verbs of a scope can be run, for as long as the component is shown. Answers how to take it back. */
export function offerVerbs(scope: Scope, runs: () => ReadonlyMap<string, Run>): () => void {
  const offer = { scope, runs };
  offered.add(offer);
  return () => void offered.delete(offer);
}

/** Every key of the registry that does something on this screen at this moment, with the act itself. */
export function activeVerbs(): { shortcut: Shortcut; run: Run }[] {
  return SHORTCUTS.flatMap((shortcut: Shortcut) => {
    for (const { scope, runs } of [...offered].reverse()) {
      const run = scope === shortcut.scope ? runs().get(shortcut.verb) : undefined;
      if (run) return [{ shortcut, run }];
    }
    return [];
  });
}
