import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkModels } from '@/lib/engine/models/check';
import { fetchModels } from '@/lib/engine/models/fetch';
import { readTar } from '@/lib/engine/models/tar';
import { weights } from './running-engine';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'second-look-models-'));
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** One entry of a ustar archive. */
function entry(name: string, text: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(text.length.toString(8).padStart(11, '0'), 124);
  const body = Buffer.alloc(Math.ceil(text.length / 512) * 512);
  body.write(text);
  return Buffer.concat([header, body]);
}

describe('the model weights', () => {
  it('are refused when one is missing or altered', async () => {
    await expect(checkModels(dataDir)).rejects.toThrow(/cannot be read/);
    cpSync(path.join(await weights(), 'models'), path.join(dataDir, 'models'), { recursive: true });
    await expect(checkModels(dataDir)).resolves.toBeUndefined();
    writeFileSync(path.join(dataDir, 'models/fr_feature.onnx'), 'something else');
    await expect(checkModels(dataDir)).rejects.toThrow(/fr_feature.onnx is not the pinned one/);
  });

  it('are not fetched again when they are in place', async () => {
    cpSync(path.join(await weights(), 'models'), path.join(dataDir, 'models'), { recursive: true });
    const said: string[] = [];
    await fetchModels(dataDir, (sentence) => said.push(sentence));
    expect(said).toEqual(['Model weights are in place.']);
    expect(readdirSync(path.join(dataDir, 'models')).sort()).toEqual([
      'fr_detect.onnx',
      'fr_feature.onnx',
      'fr_landmark.onnx',
      'fr_liveness.onnx',
    ]);
  });
});

describe('the reader of the package', () => {
  const archive = Buffer.concat([
    entry('package/a', 'first'),
    entry('package/b', 'x'.repeat(513)),
    entry('package/c', 'last'),
    Buffer.alloc(1024),
  ]);

  it('takes the wanted files and no other', () => {
    const found = readTar(archive, new Set(['package/b', 'package/c']));
    expect([...found.keys()]).toEqual(['package/b', 'package/c']);
    expect(found.get('package/b')).toHaveLength(513);
    expect(found.get('package/c')?.toString()).toBe('last');
  });

  it('refuses an archive that is cut off', () => {
    expect(() => readTar(archive.subarray(0, 1200), new Set(['package/b']))).toThrow(/cut off/);
  });
});
