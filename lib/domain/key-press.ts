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
export function scriptOf({ key, code }: Pick<KeyTyped, 'key' | 'code'>, before: Script): Script {
  if (!/^Key[A-Z]$/.test(code) || !/^\p{Letter}$/u.test(key)) return before;
  return /^\p{Script=Latin}$/u.test(key) ? 'latin' : 'other';
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
