import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { WireVerification } from '@/lib/wire/record';
import { type Folders, placeOf } from './folders';
import type { StoredFile } from './get-file';
import { getVerification } from './get-verification';
import { insertVerification } from './insert-verification';
import type { Store } from './open-store';

/** Files of a record that are not in place yet. */
export interface Arrival {
  category: 'id' | 'face';
  file: StoredFile;
  /** Name inside the upload's folder. */
  from: string;
}

/**
 * Makes a record of an upload: its rows and its files together, or neither, even when the process is killed in the middle.
 * The upload's folder is first renamed to `pending-<id>`; while that name stands the record's files may be in place without
 * their rows, and `sweepUploads` puts that right at the next start. On success the folder is gone.
 */
export async function keepSubmission(
  store: Store,
  folders: Folders,
  uploadFolder: string,
  record: WireVerification,
  arrivals: readonly Arrival[],
): Promise<void> {
  const { verificationId } = record;
  const pending = path.join(folders.uploads, `pending-${verificationId}`);
  await rename(uploadFolder, pending);
  const move = async () => {
    await mkdir(path.dirname(placeOf(folders, verificationId, 'id')), { recursive: true });
    for (const { category, from } of arrivals) await rename(path.join(pending, from), placeOf(folders, verificationId, category));
  };
  try {
    await insertVerification(
      store,
      record,
      arrivals.map((arrival) => arrival.file),
      move,
    );
  } catch (error) {
    if (!(await settlePending(store, folders, verificationId))) throw error;
    return;
  }
  await rm(pending, { recursive: true, force: true });
}

/** Ends a pending upload as the database says it ended, and says whether there is a record. Throws while the database is out of reach. */
export async function settlePending(store: Store, folders: Folders, verificationId: number): Promise<boolean> {
  const exists = (await getVerification(store, verificationId)) !== null;
  if (!exists) {
    for (const category of ['id', 'face'] as const) await rm(placeOf(folders, verificationId, category), { force: true });
  }
  await rm(path.join(folders.uploads, `pending-${verificationId}`), { recursive: true, force: true });
  return exists;
}
