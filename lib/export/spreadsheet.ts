import { type CellValue, type CutCells, type Kind, sheetCell } from './sheet-cell';

/** ISO 8601 in UTC, as the other formats write it; the cell holds a date all the same. */
const MOMENT_FORMAT = 'yyyy-mm-dd"T"hh:mm:ss.000"Z"';
const WIDTH: Record<Kind, number> = { id: 16, moment: 26, value: 20 };

export interface Sheet {
  name: string;
  columns: readonly { name: string; kind: Kind }[];
  rows: AsyncIterable<readonly CellValue[]>;
  /** Rows of one sheet; those beyond go on the next, called `name_2` and so on, which begins with the columns again. */
  rowsMax: number;
  /** Counts the texts that were cut. */
  cut: CutCells;
}

/**
 * Yields a workbook of Excel as it grows: the rows are taken as the bytes are, so that a million need no more memory than a thousand.
 * Throws what the rows throw, and a ZipError once a sheet is larger than 4 GiB.
 */
export async function* spreadsheet({ name, columns, rows, rowsMax, cut }: Sheet): AsyncGenerator<Uint8Array> {
  // Only workbooks need the memory its code takes.
  const { writeXlsxStream } = await import('hucre/xlsx');
  async function* cells() {
    for await (const row of rows) yield row.map((value, index) => sheetCell(value, columns[index]?.kind ?? 'value', cut));
  }
  yield* writeXlsxStream(cells(), {
    name,
    columns: columns.map((column) => ({
      header: column.name,
      width: WIDTH[column.kind],
      ...(column.kind === 'moment' && { numFmt: MOMENT_FORMAT }),
    })),
    freezePane: { rows: 1 },
    maxRowsPerSheet: rowsMax,
  });
}
