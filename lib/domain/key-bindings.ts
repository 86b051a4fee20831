import * as z from 'zod/mini';
import { type Binding, boundShortcuts, isChangeable } from './bound-shortcuts';
import { Refusal } from './refusal';
import { type Scope, SHORTCUTS, type Shortcut } from './shortcuts';

const BINDINGS_MAX = 200;

/** A verb that one person gave another key, as the API takes it. */
export const binding = z.strictObject({
  scope: z.string().check(z.maxLength(20)),
  verb: z.string().check(z.maxLength(40)),
  /** One character that types something, letters in lower case; a letter or digit may have `Shift+` before it. */
  key: z
    .string()
    .check(
      z.regex(/^(Shift\+[\p{Ll}\p{Lo}\d]|[^\s\p{Lu}\p{C}])$/u, 'Use one key that types a character, or Shift with a letter or digit.'),
    ),
});

/** All keys one person changed; what is not named keeps the key it has for everybody. */
export const keyBindings = z.strictObject({ bindings: z.array(binding).check(z.maxLength(BINDINGS_MAX)) });
export type KeyBindings = z.infer<typeof keyBindings>;

/** Scopes whose keys are obeyed at the same time: no two of their verbs may have one key. */
const TOGETHER: readonly (readonly Scope[])[] = [
  ['everywhere', 'grid'],
  ['everywhere', 'list'],
  ['everywhere', 'case', 'clip', 'decision'],
  ['everywhere', 'picture'],
  ['everywhere', 'compare'],
];

/** Two verbs that would have one key. */
export interface KeyConflict {
  key: string;
  verbs: [Shortcut, Shortcut];
}

/** Returns the verbs that share a key where both are obeyed; empty when there are none. Pure. */
export function keyConflicts(shortcuts: readonly Shortcut[]): KeyConflict[] {
  const found = new Map<string, KeyConflict>();
  for (const scopes of TOGETHER) {
    const taken = new Map<string, Shortcut>();
    for (const shortcut of shortcuts.filter(({ scope }) => scopes.includes(scope))) {
      const other = taken.get(shortcut.key);
      if (other && other !== shortcut)
        found.set(`${other.scope}.${other.verb} ${shortcut.scope}.${shortcut.verb}`, { key: shortcut.key, verbs: [other, shortcut] });
      else taken.set(shortcut.key, shortcut);
    }
  }
  return [...found.values()];
}

/** Throws a Refusal `unprocessable` for keys that name no verb, one whose key is fixed, one twice, or two verbs with one key. Pure. */
export function checkBindings(bindings: readonly Binding[]): void {
  const seen = new Set<string>();
  for (const { scope, verb } of bindings) {
    const shortcut = SHORTCUTS.find((one) => one.scope === scope && one.verb === verb);
    if (!shortcut) throw new Refusal('unprocessable', `There is no command ${scope}.${verb}. Reload the page and try again.`);
    if (!isChangeable(shortcut))
      throw new Refusal('unprocessable', `The key of "${shortcut.label}" cannot be changed. Choose another command.`);
    if (seen.has(`${scope}.${verb}`)) throw new Refusal('unprocessable', `"${shortcut.label}" has two keys. Give it one.`);
    seen.add(`${scope}.${verb}`);
  }
  const [conflict] = keyConflicts(boundShortcuts(bindings));
  if (!conflict) return;
  const [one, other] = conflict.verbs;
  throw new Refusal('unprocessable', `"${one.label}" and "${other.label}" would have the same key. Give one of them another key.`, {
    details: { key: conflict.key, verbs: conflict.verbs.map(({ scope, verb }) => ({ scope, verb })) },
  });
}
