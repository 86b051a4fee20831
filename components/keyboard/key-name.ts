const NAMES: Record<string, string> = {
  Enter: '↵',
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ' ': 'Space',
};

/** A key as it is printed: "J" for `j`, "↵" for `Enter`. */
export function keyName(key: string): string {
  if (key.startsWith('Ctrl+')) return `Ctrl ${keyName(key.slice('Ctrl+'.length))}`;
  if (key.startsWith('Shift+')) return `Shift ${keyName(key.slice('Shift+'.length))}`;
  return NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}
