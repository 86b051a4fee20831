import type { Client } from 'pg';
import type { EvidenceState } from '@/lib/domain/evidence-state';
import type { TableFormat } from '@/lib/domain/export';
import type { Verification } from '@/lib/domain/verification';
import { storedStates } from '@/lib/review/evidence/stored-states';
import { adaptVerification } from '@/lib/upstream/adapt';
import { CSV_START, csvLine } from '../csv';
import type { Extracted, ExtractJob } from '../extract';
import { jsonLine } from '../jsonl';
import { LineBuffer } from '../line-buffer';
import { POPULATION_KIND, type PopulationRow, populationRow, type StoredPopulationRow, storedPopulationRow } from '../population-row';
import { casesWithoutRecord, requireReconciled, requireRecords, requireRecordsOutside } from '../require-reconciled';
import { cutText } from '../sheet-cell';
import { withSnapshot } from '../snapshot';
import { spreadsheet } from '../spreadsheet';

const ROWS = 500;

export interface PopulationExtract {
  format: TableFormat;
  /** Rows of a sheet of a workbook. */
  sheetRows: number;
  /** SQL that gives the rows of `storedPopulationRow`. */
  rows: string;
  /** Whether a filter may leave records out. */
  narrow: boolean;
  /** The filter as it was understood, for the manifest. */
  filter: Record<string, unknown>;
}

/**
 * Every record of the index under the filter, with its review state and the decision in force, from one snapshot; a record that is not
 * what its own text comes to ends the extract, also one that the filter leaves out. As JSON lines each
 * also carries the upstream's own text of the record, as one string.
 */
export async function extractPopulation(
  { format, sheetRows, rows, narrow, filter }: PopulationExtract,
  job: ExtractJob,
  signal: AbortSignal,
): Promise<Extracted> {
  return withSnapshot(async (client) => {
    let records = 0;
    const inside = new Set<number>();
    async function* counted() {
      for await (const batch of rowsOf(client, rows)) {
        yield batch;
        records += batch.length;
        if (narrow) for (const { row } of batch) inside.add(row.verificationId);
        job.wrote(batch.length);
      }
    }
    const cut = { count: 0 };
    const bytes = format === 'xlsx' ? await sheetOf(counted(), sheetRows, cut) : linesOf(counted(), format);
    const file = await job.zip.add(`population.${format}`, bytes);
    // Last, so that the first byte does not wait for it; nothing is offered before the end. The same snapshot sees the same rows.
    await requireReconciled(client);
    const unseen = [...(narrow ? await requireRecordsOutside(client, inside) : []), ...(await casesWithoutRecord(client))];
    const none = { firstSeq: null, lastSeq: null, complete: false };
    return { files: [file], counts: { records }, filter, leftOut: [...cutText(cut), ...unseen], ...none };
  }, signal);
}

interface Row {
  row: PopulationRow;
  /** The record as the upstream wrote it. */
  raw: string;
}
type Batches = AsyncGenerator<Row[]>;

async function* linesOf(batches: Batches, format: 'csv' | 'jsonl'): AsyncGenerator<Uint8Array> {
  const buffer = new LineBuffer();
  let headed = false;
  for await (const batch of batches) {
    for (const { row, raw } of batch) {
      if (format === 'csv' && !headed) buffer.text(CSV_START + csvLine(Object.keys(row)));
      headed = true;
      buffer.text(format === 'csv' ? csvLine(Object.values(row)) : jsonLine({ ...row, record: raw }));
    }
    const piece = buffer.isFull() ? buffer.take() : null;
    if (piece) yield piece;
  }
  if (format === 'csv' && !headed) buffer.text(CSV_START);
  const rest = buffer.take();
  if (rest) yield rest;
}

async function sheetOf(batches: Batches, rowsMax: number, cut: { count: number }): Promise<AsyncIterable<Uint8Array>> {
  const first = await batches.next();
  const [example] = first.done ? [] : first.value;
  async function* rows() {
    if (!first.done) for (const { row } of first.value) yield Object.values(row);
    for await (const batch of batches) for (const { row } of batch) yield Object.values(row);
  }
  const columns = Object.keys(example?.row ?? {}).map((name) => ({ name, kind: POPULATION_KIND.get(name) ?? 'value' }) as const);
  return spreadsheet({ name: 'Population', columns, rows: rows(), rowsMax, cut });
}

async function* rowsOf(client: Client, select: string): Batches {
  await client.query(`DECLARE population NO SCROLL CURSOR FOR ${select}`);
  for (;;) {
    const { rows } = await client.query(`FETCH ${ROWS} FROM population`);
    if (rows.length === 0) return;
    const stored = rows.map((row) => storedPopulationRow.parse(row));
    await requireRecords(
      client,
      stored.map(({ id }) => id),
    );
    const records = stored.map((row) => ({ row, verification: readable(row) }));
    const names = records.flatMap(({ verification }) => verification.files.flatMap(({ name }) => name ?? []));
    const seen = new Map((await seenWithin(client, names)).map((file) => [file.name, file]));
    yield records.map(({ row, verification }) => {
      const own = verification.files.flatMap(({ name }) => (name === null ? [] : (seen.get(name) ?? [])));
      return { row: populationRow(row, verification, own), raw: row.raw };
    });
  }
}

// One record that cannot be read does not end the extract: its line then holds what the index says of it.
function readable({ id, raw, machineResult }: StoredPopulationRow): Verification {
  try {
    return adaptVerification(JSON.parse(raw));
  } catch {
    return adaptVerification({ verificationId: id, verified: machineResult === 'VERIFIED' });
  }
}

// What is being checked at this moment is not yet checked: an extract holds no moment of its own.
async function seenWithin(client: Client, names: string[]): Promise<EvidenceState[]> {
  return storedStates([...new Set(names)], async (sql, wanted) => (await client.query(sql, [wanted])).rows, Number.POSITIVE_INFINITY);
}
