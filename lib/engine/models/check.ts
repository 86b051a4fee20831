import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { MODEL_FILES, type ModelName } from './manifest';

/** Folder of the model weights under a data folder. */
export function modelsDir(dataDir: string): string {
  return path.join(dataDir, 'models');
}

/**
 * The bytes of one model, proven to be the pinned ones.
 * Throws an Error with one sentence when the file is missing or its sha256 is another.
 */
export async function readModel(dataDir: string, name: ModelName): Promise<Buffer> {
  const { file, sha256 } = MODEL_FILES[name];
  const place = path.join(modelsDir(dataDir), file);
  const bytes = await readFile(place).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`Model ${file} cannot be read in ${modelsDir(dataDir)} (${error.code ?? 'unknown'}).`);
  });
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    throw new Error(`Model ${place} is not the pinned one: its sha256 differs. Delete it and fetch the models again.`);
  }
  return bytes;
}

/** Proves that all models are in place and are the pinned ones. Throws an Error with one sentence otherwise. */
export async function checkModels(dataDir: string): Promise<void> {
  for (const name of Object.keys(MODEL_FILES) as ModelName[]) await readModel(dataDir, name);
}
