import type { Scope, Shortcut } from '@/lib/domain/shortcuts';
import { shortcutsNow } from './bindings';

/** What a verb does. One that returns `soon` could not do it yet: its key is kept until the screen can. */
export type Run = () => unknown;

/** What a screen does for the verbs of a scope. A verb without a handler leaves its key to the browser. */
export type Handlers = Record<string, Run | undefined>;

export interface Offer {
  scope: Scope;
  handlerOf: (verb: string) => Run | undefined;
}

/** What the components on the screen offer right now, oldest first. */
const offered = new Set<Offer>();

/** Offers the verbs of a scope for as long as a component is shown. Returns the way to take them back. */
export function offerVerbs(offer: Offer): () => void {
  offered.add(offer);
  return () => void offered.delete(offer);
}

/** Returns true while an offer is on the screen. */
export function isOffered(offer: Offer): boolean {
  return offered.has(offer);
}

/** Returns every offer of a scope, oldest first. */
export function offersOf(scope: Scope): Offer[] {
  return [...offered].filter((offer) => offer.scope === scope);
}

/** Returns every entry of the registry that does something on this screen at this moment, with the action itself. */
export function activeVerbs(): { shortcut: Shortcut; run: Run }[] {
  return shortcutsNow().flatMap((shortcut) => {
    const run = offersOf(shortcut.scope)
      .map(({ handlerOf }) => handlerOf(shortcut.verb))
      .find((one) => one !== undefined);
    return run ? [{ shortcut, run }] : [];
  });
}
