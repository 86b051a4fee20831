import { type FetchedEvidence, takeEvidence } from '../evidence/evidence-memory';
import { takeDecoded } from './decode-ahead';
import { lookInto } from './look-into';
import type { PictureState } from './picture-state';

/** A file of a record that has a name. `contentType` is what the record calls it. */
export interface NamedFile {
  name: string;
  contentType: string | null;
}

/** Fetches a file and looks into it: a picture is decoded, of a PDF the first page is drawn, everything else is named. */
export async function readEvidence({ name, contentType }: NamedFile, signal: AbortSignal): Promise<PictureState> {
  const decoded = await takeDecoded(name);
  if (decoded) return decoded;
  const fetched = await takeEvidence(name, signal);
  if (fetched.blob) return lookInto({ blob: fetched.blob, type: fetched.type, recordType: contentType }, signal);
  return withoutBytes(fetched);
}

function withoutBytes({ status, type }: FetchedEvidence): PictureState {
  if (status === 404) return { status: 'missing' };
  if (status === 401) return { status: 'failed', sentence: 'Your session has ended. Sign in again to see the file.' };
  if (type.startsWith('video/') && status === 200) return { status: 'video' };
  return { status: 'failed', sentence: `The file could not be fetched (HTTP ${status}).` };
}
