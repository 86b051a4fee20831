const SHIFTED: Record<string, string> = {
  '?': 'Slash',
  '<': 'Comma',
  '>': 'Period',
  '+': 'Equal',
  '#': 'Digit3',
};
const PLAIN: Record<string, string> = {
  '[': 'BracketLeft',
  ']': 'BracketRight',
  '-': 'Minus',
  '=': 'Equal',
  '/': 'Slash',
  ',': 'Comma',
  '.': 'Period',
  ';': 'Semicolon',
  "'": 'Quote',
  '`': 'Backquote',
  '\\': 'Backslash',
  ' ': 'Space',
};
const PLAIN_BY_CODE = inverse(PLAIN);
const SHIFTED_BY_CODE = inverse(SHIFTED);

/** Returns where a key lies on a US keyboard, as `KeyboardEvent.code` spells it, with `Shift+` where it needs Shift. Pure. */
export function physicalKey(key: string): string {
  if (key.startsWith('Shift+')) return `Shift+${physicalKey(key.slice('Shift+'.length))}`;
  if (key.startsWith('Ctrl+')) return `Ctrl+${physicalKey(key.slice('Ctrl+'.length))}`;
  if (/^[a-z]$/.test(key)) return `Key${key.toUpperCase()}`;
  if (/^\d$/.test(key)) return `Digit${key}`;
  const shifted = SHIFTED[key];
  return shifted ? `Shift+${shifted}` : (PLAIN[key] ?? key);
}

/** Returns the names of the keys that a US keyboard has at a place, the likeliest first; empty for a place that has none of its own. Pure. */
export function keysAt(code: string, isShifted: boolean): string[] {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase();
  const plain = letter ?? /^Digit(\d)$/.exec(code)?.[1] ?? PLAIN_BY_CODE[code];
  if (!isShifted) return plain === undefined ? [] : [plain];
  const shifted = SHIFTED_BY_CODE[code];
  return [...(shifted ? [shifted] : []), ...(plain === undefined ? [] : [`Shift+${plain}`]), ...(letter ? [letter] : [])];
}

function inverse(table: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(table).map(([key, code]) => [code, key]));
}
