import { type KeyTyped, type Script, scriptOf } from '@/lib/domain/key-press';

interface LayoutSource {
  keyboard?: { getLayoutMap: () => Promise<ReadonlyMap<string, string>> };
}

let script: Script = 'latin';
/** What each place types without Shift, as far as it is known. */
const typed = new Map<string, string>();

/** Learns the layout of the keyboard from a press, also one in a field. */
export function learnLayout(press: KeyTyped & { altKey: boolean }): void {
  script = scriptOf(press, script);
  if (!press.shiftKey && !press.altKey && press.key.length === 1 && press.code) typed.set(press.code, press.key.toLowerCase());
}

/** Asks the browser for the layout, where it tells; what was typed since counts more. */
export async function readLayout(): Promise<void> {
  const { keyboard }: Navigator & LayoutSource = navigator;
  const map = await keyboard?.getLayoutMap().catch(() => null);
  for (const [code, key] of map ?? []) {
    if (typed.has(code)) continue;
    typed.set(code, key);
    if (code === 'KeyA' && map) script = scriptOf({ key }, script);
  }
}

/** Returns the script of the layout in use, Latin until a letter was typed. */
export function scriptNow(): Script {
  return script;
}

/** Returns what a place of the keyboard types; null while it is unknown. */
export function typedAt(code: string): string | null {
  return typed.get(code) ?? null;
}
