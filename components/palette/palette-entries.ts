import { destinationsOf } from '@/lib/domain/destination';
import type { Shortcut } from '@/lib/domain/shortcuts';

/** One line of the palette. `key` is the shortcut that does the same. */
export interface PaletteEntry {
  id: string;
  group: 'Go to' | 'Do';
  label: string;
  key?: string;
  run: () => void;
}

/** A screen or a saved view the palette can lead to. */
export interface Place {
  label: string;
  href: string;
}

export interface PaletteSources {
  places: readonly Place[];
  verbs: readonly { shortcut: Shortcut; run: () => void }[];
  go: (href: string) => void;
  /** Origin of this console: addresses of others lead nowhere. */
  origin: string;
}

/** The lines for what was typed: what it means itself first, then places and acts that hold every word of it, then what it might mean. */
export function paletteEntries(text: string, { places, verbs, go, origin }: PaletteSources): PaletteEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (label: string) => words.every((word) => label.toLowerCase().includes(word));
  const towards = (found: readonly Place[]): PaletteEntry[] =>
    found.map(({ label, href }) => ({ id: `${label} ${href}`, group: 'Go to', label, run: () => go(href) }));
  const { found: meant } = destinationsOf(text, origin);
  return [
    ...towards(meant.filter(({ isGuess }) => !isGuess)),
    ...towards(places.filter(({ label }) => fits(label))),
    ...verbs
      .filter(({ shortcut }) => fits(shortcut.label))
      .map(({ shortcut, run }): PaletteEntry => ({ id: shortcut.verb, group: 'Do', label: shortcut.label, key: shortcut.key, run })),
    ...towards(meant.filter(({ isGuess }) => isGuess)),
  ];
}
