import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { unzip } from '@/lib/cli/unzip';
import { FIXTURE_KEY } from '../../helpers/chain-fixtures';

const fixtures = resolve('tests/fixtures/chain');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'second-look-verify-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function zip(name: string, files: [name: string, content: Buffer][], forceZip64Format = false): Promise<string> {
  const archive = new ZipFile();
  files.forEach(([file, content], index) => {
    archive.addBuffer(content, file, { compress: index % 2 === 0, forceZip64Format });
  });
  archive.end({ forceZip64Format, comment: '' });
  const path = join(folder, name);
  await pipeline(archive.outputStream, createWriteStream(path));
  return path;
}

const parts = (name: string): [string, Buffer][] =>
  ['manifest.json', 'manifest.sig', 'audit-log.jsonl', 'checkpoints.jsonl'].map((file) => [file, readFileSync(join(fixtures, name, file))]);
const command = (...args: string[]) =>
  spawnSync(process.execPath, ['lib/cli/bootstrap.mjs', 'audit-verify', ...args], { encoding: 'utf8', env: process.env });

describe('npm run audit:verify', () => {
  test('verifies an export as a folder, a ZIP of it, and a log alone', async () => {
    const zipped = await zip('export.zip', parts('export-whole'));
    for (const path of [join(fixtures, 'export-whole'), zipped]) {
      const { status, stdout } = command(path, '--key', FIXTURE_KEY, '--json');
      expect([status, JSON.parse(stdout.split('\n').findLast((line) => line.startsWith('{')) ?? '')]).toMatchObject([
        0,
        { whole: true, events: 12, signed: { seq: 12 } },
      ]);
    }
    const broken = command(
      join(fixtures, 'broken/cut-off-many.jsonl'),
      '--checkpoints',
      join(fixtures, 'checkpoints.jsonl'),
      '--key',
      FIXTURE_KEY,
    );
    expect([broken.status, broken.stdout]).toEqual([
      1,
      expect.stringContaining('BROKEN at event 7, checkpoint:\n  expected  events up to 12'),
    ]);
  }, 120_000);

  test('says what is wrong with what it was given', () => {
    expect(command('nowhere')).toMatchObject({ status: 2, stderr: expect.stringContaining('There is no nowhere.') });
    writeFileSync(join(folder, 'no.zip'), 'no ZIP at all');
    expect(command(join(folder, 'no.zip'))).toMatchObject({ status: 2, stderr: expect.stringContaining('is no ZIP, or was cut off.') });
  }, 120_000);
});

describe('unpacking', () => {
  test.each([false, true])('gives back every byte, stored, packed and empty, wide numbers: %s', async (wide) => {
    const files: [string, Buffer][] = [
      ['a.txt', Buffer.from('a'.repeat(100_000))],
      ['folder/b.bin', Buffer.from([0, 1, 2, 255])],
      ['empty', Buffer.alloc(0)],
      ['é.txt', Buffer.from('ä')],
    ];
    const target = mkdtempSync(join(folder, 'unpacked-'));
    await unzip(await zip(`wide-${wide}.zip`, files, wide), target);
    for (const [name, content] of files) expect(readFileSync(join(target, name)).equals(content), name).toBe(true);
  });

  test('refuses a path that leads out of the folder', async () => {
    const good = await zip('path.zip', [['../evil'.replaceAll('.', 'x'), Buffer.from('x')]]);
    writeFileSync(good, Buffer.from(readFileSync(good).toString('latin1').replaceAll('xx/evil', '../evil'), 'latin1'));
    await expect(unzip(good, folder)).rejects.toThrow(/leads out of it/);
  });
});
