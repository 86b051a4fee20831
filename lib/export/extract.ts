import type { SignedHead } from '@/lib/audit/export-format';
import type { ExportInput } from '@/lib/domain/export';
import type { PackedFile, Zip } from './zip';

export interface AskedExport extends ExportInput {
  id: string;
}

/** What whoever writes an extract works with. */
export interface ExtractJob {
  /** The end of the chain as it was pinned and signed; null for a chain nothing was ever written to. */
  head: SignedHead | null;
  zip: Zip;
  /** Counts rows as they are written; throws when the export was cancelled. */
  wrote(rows: number): void;
}

/** What was written, for the manifest. */
export interface Extracted {
  files: PackedFile[];
  counts: Record<string, number>;
  /** As asked for, and as understood. */
  filter: Record<string, unknown>;
  /** Events of the log and its links; null where there are none. */
  firstSeq: number | null;
  lastSeq: number | null;
  complete: boolean;
  /** Sentences on what is not there, and why. */
  leftOut: string[];
}
