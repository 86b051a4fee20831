import type { TableFormat } from '@/lib/domain/export';

export const FORMAT_LABEL: Record<TableFormat, string> = { csv: 'CSV', xlsx: 'Excel workbook', jsonl: 'JSON lines' };

/** What a CSV suffers in Excel. */
export const CSV_IN_EXCEL =
  'Excel changes a CSV when it opens it: it drops leading zeros, rounds numbers of more than 15 digits, and turns text that looks like a date or a number into one.';

/** What somebody who chooses a format should know about it. */
export const FORMAT_NOTE: Record<TableFormat, string> = {
  csv: `${CSV_IN_EXCEL} Choose the Excel workbook to keep every value. Times are UTC in ISO 8601.`,
  xlsx: 'Ids are text and times are dates in UTC; nothing is a formula. A text of more than 32,767 characters is cut and says so, and rows beyond 1,048,576 go on the next sheet.',
  jsonl: 'Exact to the byte. An audit log in this format can be verified event by event. Times are UTC in ISO 8601.',
};
