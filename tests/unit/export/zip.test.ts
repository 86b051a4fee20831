import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createZip } from '@/lib/export/zip';
import { unzip } from '../../helpers/unzip';

const folder = mkdtempSync(join(tmpdir(), 'second-look-zip-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('an archive is read by others as it was written, and one that was cut has no end', async ({ skip }) => {
  const path = join(folder, 'a.zip');
  const zip = await createZip(path);
  await zip.add('a-file.txt', [Buffer.from('one '), Buffer.from('two')]);
  await zip.add('empty', []);
  await zip.end();
  const archive = readFileSync(path);
  expect([...unzip(archive)].map(([name, bytes]) => [name, bytes.toString()])).toEqual([
    ['a-file.txt', 'one two'],
    ['empty', ''],
  ]);
  expect(() => unzip(archive.subarray(0, -30))).toThrow('no end');
  const python = ['python3', 'python'].find((name) => works(name));
  if (!python) return skip('no Python on this machine');
  const script =
    'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(z.namelist(), z.read("a-file.txt"))';
  expect(execFileSync(python, ['-c', script, path], { encoding: 'utf8', env: { ...process.env, PYTHONUTF8: '1' } }).trim()).toBe(
    "['a-file.txt', 'empty'] b'one two'",
  );
});

test('refuses a name that some system would unpack as another file, or over one', async () => {
  const zip = await createZip(join(folder, 'names.zip'));
  await zip.add('id.jpg', []);
  const unportable = [
    'ž.txt',
    '../up',
    'a/b',
    'a\\b',
    'a b',
    '-rf',
    '.hidden',
    'dot.',
    'CON',
    'nul.txt',
    'com1.tar.gz',
    '',
    'x'.repeat(65),
    'a\u202eb',
    'a\n',
  ];
  for (const name of [...unportable, 'id.jpg', 'ID.JPG']) await expect(zip.add(name, []), name).rejects.toThrow(/archive/);
  for (const name of ['console.txt', 'com10.txt', 'audit-log.jsonl', '0_a']) await zip.add(name, []);
  await zip.abandon();
});

test('a source that fails fails the archive', async () => {
  const zip = await createZip(join(folder, 'b.zip'));
  const failing = async function* () {
    yield Buffer.from('half');
    throw new Error('the database went away');
  };
  await expect(zip.add('a', failing())).rejects.toThrow('went away');
  await zip.abandon();
});

function works(name: string): boolean {
  try {
    execFileSync(name, ['--version']);
    return true;
  } catch {
    return false;
  }
}
