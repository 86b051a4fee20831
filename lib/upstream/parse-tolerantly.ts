/** What a text holds as JSON. `isRepaired` says that the text itself is no JSON, so that it must not be kept as it came. */
export interface Parsed {
  value: unknown;
  isRepaired: boolean;
}

/** A text in quotes, so that its content is left alone, or a word for what is no number or nothing, as Python, C and JavaScript write it. */
const TEXT_OR_WORD = /"[^"\\]*(?:\\.[^"\\]*)*"|[-+]?\b(?:NaN|nan|Infinity|infinity|inf)\b|\b(?:None|undefined)\b/gs;

/**
 * Parses JSON as services really send it: a byte order mark is passed over, and bare words such as NaN, -Infinity, nan or None, which
 * encoders write unless told otherwise, are read as null. Throws a SyntaxError for everything else that is not JSON. Pure.
 */
export function parseTolerantly(text: string): Parsed {
  const marked = text.startsWith('\uFEFF');
  const clean = marked ? text.slice(1) : text;
  try {
    return { value: JSON.parse(clean), isRepaired: marked };
  } catch {
    const repaired = clean.replace(TEXT_OR_WORD, (match) => (match.startsWith('"') ? match : 'null'));
    return { value: JSON.parse(repaired), isRepaired: true };
  }
}
