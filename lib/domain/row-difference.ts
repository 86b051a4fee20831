/** How a row beside the log differs from it. */
export const ROW_FAULTS = [
  'changed',
  'without-event',
  'missing',
  'bound-again',
  'bound-by-another',
  'misstated',
  'not-as-sent',
  'unfounded',
  'broken-log',
  'lost',
  'altered',
  'payload-lost',
] as const;

/** A row that is not as the log says. `seq` is the event that recorded it; null for a row that no event recorded. */
export interface RowDifference {
  seq: number | null;
  table: string;
  id: string;
  fault: (typeof ROW_FAULTS)[number];
}

/** What comparing the rows with the log found. `first` is the difference of the oldest event; null when there is none. */
export interface RowsVerdict {
  first: RowDifference | null;
  /** How many rows differ. */
  differences: number;
}

const FAULT_SENTENCE: Record<RowDifference['fault'], (row: string, event: string) => string> = {
  changed: (row, event) => `${row} was changed after ${event} recorded it`,
  'without-event': (row) => `${row} has no event in the log that recorded it`,
  missing: (row, event) => `${row} is gone, though ${event} recorded it`,
  'bound-again': (row, event) => `${row} was recorded again with other content by ${event}, which is not an erasure`,
  'bound-by-another': (row, event) => `${row} was first recorded by ${event}, which does not record such rows`,
  'broken-log': (_, event) => `Audit ${event} is not what was recorded, so the log says nothing certain about any row`,
  'payload-lost': (_, event) => `The details of audit ${event} are gone, and no erasure of a case took them`,
  'not-as-sent': (row) => `${row} is not what the text of the record, as the verification API sent it, comes to`,
  unfounded: (row) => `${row} rests neither on a change that a second person agreed to nor on a time that was over`,
  altered: (row) => `${row} of the database is not what the migrations of the console make, so what it computes or refuses is uncertain`,
  lost: (row) => `${row} is not in the index, though a decision was made on it`,
  misstated: (row) => `${row} is not what the rows of its case come to`,
};

/** Returns what several comparisons found together; the first difference is that of the first that found one. Pure. */
export function bothVerdicts(one: RowsVerdict, other: RowsVerdict): RowsVerdict {
  return { first: one.first ?? other.first, differences: one.differences + other.differences };
}

/** Returns the first difference as one sentence, with the number of the others. Pure. */
export function rowsSentence({ first, differences }: RowsVerdict): string {
  if (!first) return 'Every row that the log records is as its event recorded it.';
  const sentence = FAULT_SENTENCE[first.fault](`The ${first.table.replaceAll('_', ' ')} ${first.id}`, `event ${first.seq}`);
  return `${sentence}.${differences > 1 ? ` ${differences - 1} more ${differences === 2 ? 'row differs' : 'rows differ'}.` : ''}`;
}
