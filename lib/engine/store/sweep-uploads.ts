import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Folders } from './folders';
import { settlePending } from './keep-submission';
import type { Store } from './open-store';

/** Removes what a killed process left behind: uploads that never became records, and files placed without their rows. Run before serving. */
export async function sweepUploads(store: Store, folders: Folders): Promise<void> {
  for (const name of await readdir(folders.uploads)) {
    const pending = /^pending-(\d+)$/.exec(name)?.[1];
    if (pending === undefined) await rm(path.join(folders.uploads, name), { recursive: true, force: true });
    else await settlePending(store, folders, Number(pending));
  }
}
