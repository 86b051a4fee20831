export type CellValue = string | number | boolean | null;

/** How a column is read: names that look like numbers, moments in ISO 8601, or values as they are. */
export type Kind = 'id' | 'moment' | 'value';

/** How many texts did not fit into their cell. */
export interface CutCells {
  count: number;
}

/** Rows one sheet of Excel has, the one with the names of the columns among them. */
export const SHEET_ROWS_MAX = 1_048_576;
/** Characters one cell of Excel holds, in units of UTF-16. */
export const CELL_MAX = 32_767;
/** Beyond 15 digits Excel rounds a number. */
const EXACT_MAX = 999_999_999_999_999;
/** Excel knows the days of 1900-03-01 to 9999-12-31; before, it counts a day that never was. */
const [FIRST_DATE, LAST_DATE] = [Date.parse('1900-03-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')];
/** What XML cannot say, which the format writes as `_x0001_`, and text that looks like that. The library sees to control characters. */
const UNSAYABLE = /_(?=x[0-9a-fA-F]{4}_)|[\uFFFE\uFFFF]/g;

/**
 * Returns a value as a cell of a spreadsheet: an id always as text, so that it keeps its zeros and digits; a moment as a date where Excel
 * has one, else as its text; never a formula, whatever a text begins with. A text that is too long is cut, and ends by saying so.
 */
export function sheetCell(value: CellValue, kind: Kind, cut: CutCells): string | number | boolean | Date | null {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return kind === 'id' || Math.abs(value) > EXACT_MAX ? String(value) : value;
  const at = kind === 'moment' ? Date.parse(value) : Number.NaN;
  return at >= FIRST_DATE && at <= LAST_DATE ? new Date(at) : sayable(fitting(value, cut));
}

function fitting(text: string, cut: CutCells): string {
  if (text.length <= CELL_MAX) return text;
  cut.count += 1;
  const note = ` [cut here: ${text.length} characters in all]`;
  const end = CELL_MAX - note.length;
  // Half of a character is none.
  const isWithin = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return text.slice(0, isWithin ? end - 1 : end) + note;
}

function sayable(text: string): string {
  return text.replace(UNSAYABLE, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);
}

/** Returns what a spreadsheet leaves out of the texts it could not hold, as sentences for the manifest. */
export function cutText({ count }: CutCells): string[] {
  if (count === 0) return [];
  const cells = count === 1 ? '1 text is' : `${count} texts are`;
  return [
    `${cells} longer than the ${CELL_MAX} characters a spreadsheet's cell holds. Each is cut and says so; the same export as CSV or JSON lines holds it whole.`,
  ];
}

/** Resolves to true for what is thrown when a sheet does not fit. */
export function isTooLarge(fault: unknown): boolean {
  return fault instanceof Error && fault.name === 'ZipError';
}
