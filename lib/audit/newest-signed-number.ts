import { statSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointFileNames, checkpointFolder, readLastCheckpoint } from './checkpoint-files';

let known = { stamp: '', seq: 0 };

/**
 * Returns the number of the event that was signed last, as the folder has it; 0 where it holds no head. Called at every append: the file is read
 * again only once it has changed.
 */
export function newestSignedNumber(): number {
  const folder = checkpointFolder();
  const file = checkpointFileNames(folder).at(-1);
  if (file === undefined) return 0;
  const { size, mtimeMs } = statSync(join(folder, file));
  const stamp = `${file} ${size} ${mtimeMs}`;
  if (stamp !== known.stamp) known = { stamp, seq: readLastCheckpoint(folder)?.seq ?? 0 };
  return known.seq;
}
