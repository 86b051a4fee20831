/**
 * CSV as RFC 4180 has it: comma, CRLF, quotes doubled within quotes. Files begin with a byte order mark, by which Excel and
 * LibreOffice know that they are UTF-8.
 *
 * A spreadsheet runs a cell that begins with = + - @, tab or CR (here also LF and the four signs at full width) as a formula. Text is
 * people's and upstream's word, so such text gets an apostrophe in front; text that begins with an apostrophe gets one too, so
 * that taking away one leading apostrophe gives back the text, always. Numbers of ours are written as numbers.
 * `LineBuffer.cell` says the same in bytes.
 */
export const CSV_START = '\uFEFF';
export const CSV_LINE_END = '\r\n';

/** What a cell's text may not begin with, as code points. */
export const DEFUSED = [..."=+-@\t\r\n'＝＋－＠"].map((sign) => sign.codePointAt(0) ?? 0);
const STARTS = new RegExp(`^[${DEFUSED.map((code) => `\\u${code.toString(16).padStart(4, '0')}`).join('')}]`);

/** A text as a cell: defused and quoted. */
export function csvText(text: string): string {
  return `"${STARTS.test(text) ? "'" : ''}${text.includes('"') ? text.replaceAll('"', '""') : text}"`;
}

/** Any value as a cell; what is absent is an empty one. */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return '';
  return typeof value === 'string' ? csvText(value) : String(value);
}

/** One line with its end. */
export function csvLine(values: readonly (string | number | boolean | null)[]): string {
  return values.map(csvCell).join(',') + CSV_LINE_END;
}
