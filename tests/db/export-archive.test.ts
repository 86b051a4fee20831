import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { manifest } from '@/lib/audit/export-format';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { ExportInput } from '@/lib/domain/export';
import { createExport } from '@/lib/export/create-export';
import { openExport } from '@/lib/export/open-export';
import { isPortableName } from '@/lib/export/portable-name';
import { addNote } from '@/lib/review/add-note';
import { closeUpstream } from '@/lib/upstream/connection';
import sample from '../fixtures/upstream/sample.json';
import { ARCHIVE_READERS, unpackedFiles } from '../helpers/archive-readers';
import { person } from '../helpers/desk';
import { answers, type HostileUpstream, startHostileUpstream } from '../helpers/hostile-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

const ID = sample.result.verificationId;
// A direction mark, a letter outside ASCII, a device of Windows with a dot at its end, a name that differs by case, a script in an image's clothes.
const NAMES = ['v_id_5_pas\u202egpj.é.jpg', 'CON.', 'V_ID_5_PAS\u202eGPJ.É.JPG', 'v_face_5_全 .mp4.html'];
const READERS = ARCHIVE_READERS.filter((reader) => reader.isHere());

let database: TestDatabase;
let upstream: HostileUpstream;
let folder: string;
let [auditor, analyst]: Actor[] = [];
const archives = new Map<string, string>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'second-look-archives-'));
  upstream = await startHostileUpstream();
  database = await testDatabase();
  Object.assign(process.env, { DATA_DIR: folder, VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent' });
  [auditor, analyst] = [await person('Audra', 'auditor'), await person('Ana', 'analyst')];
  const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#808080' } })
    .jpeg()
    .toBuffer();
  const files = NAMES.map((name, at) => ({
    category: at === 3 ? 'face' : 'id',
    url: `${upstream.url}/v1/files/${encodeURIComponent(name)}`,
    fileName: name,
  }));
  upstream.answerWith((request, response) => {
    if (request.url === `/v1/verification/${ID}`) return answers.json({ result: { ...sample.result, files } })(request, response);
    if (!request.url?.startsWith('/v1/files/')) return answers.status(404)(request, response);
    response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': picture.length }).end(picture);
  });
  await addNote(known(analyst), ID, { text: 'Seen at 200 %: 全 é.' }, 'key-1');
  for (const input of INPUTS) archives.set(input.kind, await exported(input));
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const INPUTS: ExportInput[] = [
  { kind: 'case-pack', format: 'pack', query: `verification=${ID}` },
  { kind: 'population', format: 'csv', query: '' },
  { kind: 'audit-log', format: 'jsonl', query: '' },
];

function known(actor: Actor | undefined): Actor {
  if (!actor) throw new Error('nobody');
  return actor;
}

/** Makes an export and returns the path of the archive as it was downloaded. */
async function exported(input: ExportInput): Promise<string> {
  const begun = await createExport(known(auditor), input, (fault) => {
    throw fault;
  });
  await begun.done;
  const { body, fileName } = await openExport(known(auditor), begun.export.id, { range: null, ifRange: null });
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const path = join(folder, fileName);
  await writeFile(path, Buffer.concat(chunks));
  return path;
}

const unpacked = (reader: string) => mkdtempSync(join(folder, `${reader}-`));

test.for(INPUTS.flatMap(({ kind }) => ARCHIVE_READERS.map((reader) => ({ kind, name: reader.name, reader }))))(
  '$name unpacks a $kind into the files its manifest names and both verifiers, which find a case intact',
  async ({ kind, reader }, { skip }) => {
    if (!reader.isHere()) return skip(`${reader.name} is not on this machine; read here by ${READERS.map(({ name }) => name).join(', ')}`);
    const to = unpacked(reader.name);
    await reader.unpack(archives.get(kind) ?? '', to);
    const files = unpackedFiles(to);
    const stated = manifest.parse(JSON.parse(readFileSync(join(to, 'manifest.json'), 'utf8')));
    expect(
      files.map(({ name }) => name).filter((name) => !['manifest.json', 'manifest.sig', 'verify.mjs', 'verify.py'].includes(name)),
    ).toEqual(stated.files.map(({ name }) => name).toSorted());
    for (const { name, sha256 } of stated.files)
      expect(
        createHash('sha256')
          .update(readFileSync(join(to, name)))
          .digest('hex'),
      ).toBe(sha256);
    expect(files.filter(({ name, mode }) => !isPortableName(name) || mode !== '644')).toEqual([]);
    for (const name of ['verify.mjs', 'verify.py'])
      expect(readFileSync(join(to, name)), name).toEqual(readFileSync(resolve('lib/audit', name)));
    if (kind !== 'case-pack') return;
    expect(execFileSync(process.execPath, ['verify.mjs'], { cwd: to, encoding: 'utf8' })).toContain('WHOLE');
    if (ARCHIVE_READERS.some(({ name, isHere }) => name === 'python3' && isHere()))
      expect(execFileSync('python3', ['verify.py', '.'], { cwd: to, encoding: 'utf8' })).toContain('WHOLE');
  },
);

test('the manifest of a case pack holds the names the record gives, with every invisible character as an escape', async () => {
  const to = unpacked('names');
  await ARCHIVE_READERS[0]?.unpack(archives.get('case-pack') ?? '', to);
  const text = readFileSync(join(to, 'manifest.json'), 'utf8');
  const { files } = manifest.parse(JSON.parse(text));
  const evidence = files.filter(({ originalName }) => originalName !== undefined);
  expect(evidence.map(({ name, originalName }) => [name, originalName])).toEqual([
    ['id.jpg', NAMES[0]],
    ['id-2.jpg', NAMES[1]],
    ['id-3.jpg', NAMES[2]],
    ['selfie.jpg', NAMES[3]],
  ]);
  expect(text).toContain(String.raw`v_id_5_pas\u202egpj.é.jpg`);
  expect(text).not.toContain('\u202e');
  expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['overlay-id.jpg', 'overlay-id-3.jpg', `case-${ID}.pdf`]));
});
