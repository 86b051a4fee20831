/**
 * A PostgreSQL array as it is written in text. Sent so, thousands of values are read several times faster than the same as JSON.
 * Texts must be storable, see `searchable-tag.ts`.
 */
export function arrayText(values: readonly (string | number | null)[]): string {
  let text = '';
  for (const value of values) {
    if (text !== '') text += ',';
    if (value === null) text += 'NULL';
    else text += typeof value === 'number' ? value : quoted(value);
  }
  return `{${text}}`;
}

const SPECIAL = /["\\]/g;

function quoted(value: string): string {
  return `"${value.includes('"') || value.includes('\\') ? value.replace(SPECIAL, '\\$&') : value}"`;
}
