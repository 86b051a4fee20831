import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { env } from '@/lib/env';

/** Where the bytes of exports lie; only this user may look in. */
export async function exportFolder(): Promise<string> {
  const folder = resolve(env().DATA_DIR, 'exports');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** The file of an export: while it is written under a name nobody takes for a whole one. */
export async function exportFile(id: string, state: 'partial' | 'whole'): Promise<string> {
  return join(await exportFolder(), state === 'whole' ? `${id}.zip` : `${id}.partial`);
}

/** Removes whatever bytes there are of an export. */
export async function removeExportFiles(id: string): Promise<void> {
  for (const state of ['partial', 'whole'] as const) await rm(await exportFile(id, state), { force: true });
}

/** The ids of all exports that have bytes here. */
export async function exportsOnDisk(): Promise<string[]> {
  const names = await readdir(await exportFolder());
  return [...new Set(names.flatMap((name) => /^([0-9a-f-]{36})\.(zip|partial)$/.exec(name)?.[1] ?? []))];
}
