import { type KeyTyped, type Script, scriptOf } from '@/lib/domain/key-press';

let script: Script = 'latin';
/** What each place typed when it was last pressed without Shift. */
const typed = new Map<string, string>();

/** Learns the layout of the keyboard from a press, also one in a field. */
export function learnLayout(press: KeyTyped & { altKey: boolean }): void {
  script = scriptOf(press, script);
  if (!press.shiftKey && !press.altKey && press.key.length === 1 && press.code) typed.set(press.code, press.key.toLowerCase());
}

/** Returns the script of the layout in use, Latin until a letter was typed. */
export function scriptNow(): Script {
  return script;
}

/** Returns what a place of the keyboard was seen to type; null before it was pressed. */
export function typedAt(code: string): string | null {
  return typed.get(code) ?? null;
}
