import type { Scope, Shortcut } from '@/lib/domain/shortcuts';
import { keyName } from './key-name';

/** What is known of a keyboard: the script of its letters, and what its places type without Shift. */
export interface Keyboard {
  script: 'latin' | 'other';
  typedAt: (code: string) => string | null;
}

/** Returns what `?` shows of a scope on this keyboard: one line a key, but one line for a row of digits that choose from a list. */
export function helpLines(scope: Scope, all: readonly Shortcut[], keyboard: Keyboard): { keys: string; label: string }[] {
  const shortcuts = all.filter((shortcut) => shortcut.scope === scope);
  const digits = shortcuts.filter(isNumbered);
  const [first, last] = [digits[0], digits.at(-1)];
  return shortcuts.flatMap((shortcut) => {
    if (!isNumbered(shortcut) || !first || !last || first === last) return [{ keys: nameOn(keyboard, shortcut), label: shortcut.label }];
    const range = { keys: `${first.key} – ${last.key}`, label: `${first.label} to ${last.label.replace(/\D+/, '')}` };
    return shortcut === first ? [range] : [];
  });
}

/** Returns a key as it is printed on a keyboard: on one without Latin letters with what its place types. Pure. */
export function nameOn({ script, typedAt }: Keyboard, { key, code }: Pick<Shortcut, 'key' | 'code'>): string {
  const name = keyName(key);
  const here = script === 'other' ? typedAt(code.replace(/^(Shift|Ctrl)\+/, '')) : null;
  if (here === null || here.toUpperCase() === name || !/^\p{Letter}$/u.test(here)) return name;
  return code.startsWith('Shift+') ? `Shift ${here.toUpperCase()} (${name})` : `${here.toUpperCase()} (${name})`;
}

/** A digit whose words end in that very digit: "Reason 1". */
function isNumbered({ key, label }: Shortcut): boolean {
  return /^\d$/.test(key) && label.endsWith(` ${key}`);
}
