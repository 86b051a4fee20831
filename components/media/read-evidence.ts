import { type FetchedEvidence, takeEvidence } from '../evidence/evidence-memory';
import { takeDecoded } from './decode-ahead';
import { EVIDENCE_PATIENCE_MS, inTime, TooLate } from './in-time';
import { lookInto } from './look-into';
import type { PictureState } from './picture-state';

const LATE =
  'The file did not come within two minutes. The connection is slow, or the verification service sends it without end. Try again.';

/** A file of a record that has a name. `contentType` is what the record calls it. */
export interface NamedFile {
  name: string;
  contentType: string | null;
}

/** Fetches a file and looks into it: a picture is decoded, of a PDF the first page is drawn, everything else is named. */
export async function readEvidence({ name, contentType }: NamedFile, signal: AbortSignal): Promise<PictureState> {
  const decoded = await takeDecoded(name);
  if (decoded) return decoded;
  const fetched = await inTime((until) => takeEvidence(name, until), EVIDENCE_PATIENCE_MS, signal).catch((failure: unknown) => {
    if (failure instanceof TooLate) return null;
    throw failure;
  });
  if (!fetched) return { status: 'failed', sentence: LATE };
  const { blob, type, keptAt } = fetched;
  if (blob) return lookInto({ blob, type, recordType: contentType, keptAt }, signal);
  return withoutBytes(fetched);
}

function withoutBytes({ status, type, message }: FetchedEvidence): PictureState {
  if (status === 404) return { status: 'missing' };
  if (status === 401) return { status: 'failed', sentence: 'Your session has ended. Sign in again to see the file.' };
  if (type.startsWith('video/') && status === 200) return { status: 'video' };
  return { status: 'failed', sentence: message ?? `The file could not be fetched (HTTP ${status}).` };
}
