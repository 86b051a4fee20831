import { type Scope, SHORTCUTS, type Shortcut } from '@/lib/domain/shortcuts';
import { keyName } from './key-name';

/** What `?` shows of a scope: one line a key, but one line for a row of digits that choose from a list. */
export function helpLines(scope: Scope): { keys: string; label: string }[] {
  const shortcuts: Shortcut[] = SHORTCUTS.filter((shortcut) => shortcut.scope === scope);
  const digits = shortcuts.filter(isNumbered);
  const [first, last] = [digits[0], digits.at(-1)];
  return shortcuts.flatMap((shortcut) => {
    if (!isNumbered(shortcut) || !first || !last || first === last) return [{ keys: keyName(shortcut.key), label: shortcut.label }];
    const range = { keys: `${first.key} – ${last.key}`, label: `${first.label} to ${last.label.replace(/\D+/, '')}` };
    return shortcut === first ? [range] : [];
  });
}

/** A digit whose words end in that very digit: "Reason 1". */
function isNumbered({ key, label }: Shortcut): boolean {
  return /^\d$/.test(key) && label.endsWith(` ${key}`);
}
