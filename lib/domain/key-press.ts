import { keysAt } from './physical-key';

/** As much of a `KeyboardEvent` as says which key of which keyboard it is. */
export interface KeyTyped {
  key: string;
  code: string;
  shiftKey: boolean;
}

/** As much of it as says whether it is a command as well. */
export interface KeyPress extends KeyTyped {
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** Whether the letters of a keyboard layout are Latin ones. */
export type Script = 'latin' | 'other';

/**
 * Returns the names of the keys a press may mean, the likeliest first. A Latin layout counts by what its keys type, so that a command is
 * where its letter is; any other layout counts by where the keys lie. Pure.
 */
export function keysOf(press: KeyTyped, script: Script): string[] {
  const typed = typedKeys(press);
  const atPlace = keysAt(press.code, press.shiftKey);
  if (script === 'other') return [...atPlace, ...typed];
  // AZERTY and Czech keyboards type digits with Shift only; a dead key types nothing by itself.
  const isDigitRow = /^Digit\d$/.test(press.code) && !press.shiftKey;
  return isDigitRow || press.key === 'Dead' ? [...typed, ...atPlace] : typed;
}

/**
 * Returns the script of the layout a press was made on; `before`, what earlier presses showed, when this one does not show it, as for
 * digits and punctuation. Pure.
 */
export function scriptOf({ key }: Pick<KeyTyped, 'key'>, before: Script): Script {
  if (/^\p{Script=Latin}$/u.test(key)) return 'latin';
  // Signs that count as letters but belong to no script, as the micro sign of a German keyboard, say nothing.
  return /^(?!\p{Script=Common})\p{Letter}$/u.test(key) ? 'other' : before;
}

/** Returns the key a press gives to a command, as the registry spells it; null for one that types no character. Pure. */
export function chosenKey(press: KeyTyped, script: Script): string | null {
  const typed = press.key.length === 1 ? press.key.toLowerCase() : null;
  const key = script === 'other' ? (keysAt(press.code, press.shiftKey)[0] ?? typed) : typed;
  if (key === null || /^\s$/.test(key)) return null;
  return press.shiftKey && /^[\p{Letter}\d]$/u.test(key) ? `Shift+${key}` : key;
}

/** Returns true for Ctrl or Cmd with a letter, on any layout: by what is typed where that is Latin, else by its place. Pure. */
export function isCommand(press: KeyPress, letter: string): boolean {
  if (!(press.ctrlKey || press.metaKey) || press.altKey || press.shiftKey) return false;
  const typed = press.key.toLowerCase();
  return typed === letter || (!/^[a-z]$/.test(typed) && press.code === `Key${letter.toUpperCase()}`);
}

function typedKeys({ key, shiftKey }: KeyTyped): string[] {
  if (key === 'Dead') return [];
  const typed = key.length === 1 ? key.toLowerCase() : key;
  return shiftKey ? [`Shift+${typed}`, typed] : [typed];
}
