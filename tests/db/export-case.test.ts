import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { EvidenceShown } from '@/lib/domain/evidence-shown';
import { createExport } from '@/lib/export/create-export';
import { openExport } from '@/lib/export/open-export';
import { readExport } from '@/lib/export/read-exports';
import { addNote } from '@/lib/review/add-note';
import { recordEvidenceHash } from '@/lib/review/record-evidence-hash';
import { closeUpstream } from '@/lib/upstream/connection';
import sample from '../fixtures/upstream/sample.json';
import { person } from '../helpers/desk';
import { answers, type HostileUpstream, startHostileUpstream } from '../helpers/hostile-upstream';
import { type TestDatabase, testDatabase } from '../helpers/postgres';
import { unzip } from '../helpers/unzip';
import { decide } from '../helpers/verdicts';

const ID = sample.result.verificationId;
let database: TestDatabase;
let upstream: HostileUpstream;
let pictures: { id: Buffer; face: Buffer };
let folder: string;
let [auditor, analyst]: Actor[] = [];
let record = sample;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'second-look-cases-'));
  upstream = await startHostileUpstream();
  database = await testDatabase();
  Object.assign(process.env, { DATA_DIR: folder, VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent' });
  [auditor, analyst] = [await person('Audra', 'auditor'), await person('Ana', 'analyst')];
  const picture = (background: string) =>
    sharp({ create: { width: 1240, height: 1754, channels: 3, background } })
      .jpeg()
      .toBuffer();
  pictures = { id: await picture('#808080'), face: await picture('#a0a0a0') };
  const stated = sample.result.files.map((file) => ({ ...file, fileSize: pictures[file.category === 'id' ? 'id' : 'face'].length }));
  record = { ...sample, result: { ...sample.result, files: stated } };
  upstream.answerWith((request, response) => {
    if (request.url === `/v1/verification/${ID}`) return answers.json(record)(request, response);
    const side = request.url?.includes('v_face_') ? 'face' : request.url?.includes('v_id_') ? 'id' : null;
    if (!side) return answers.status(404)(request, response);
    response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': pictures[side].length }).end(pictures[side]);
  });
});

afterAll(async () => {
  await closeUpstream();
  await upstream.close();
  await db().$disconnect();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function known(actor: Actor | undefined): Actor {
  if (!actor) throw new Error('nobody');
  return actor;
}

async function pack(query: string): Promise<Map<string, Buffer>> {
  const faults: unknown[] = [];
  const begun = await createExport(known(auditor), { kind: 'case-pack', format: 'pack', query }, (fault) => faults.push(fault));
  await begun.done;
  expect(faults).toEqual([]);
  expect(await readExport(known(auditor), begun.export.id)).toMatchObject({ state: 'READY', failure: null });
  const { body } = await openExport(known(auditor), begun.export.id, { range: null, ifRange: null });
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return unzip(Buffer.concat(chunks));
}

async function textOf(pdf: Buffer | undefined): Promise<string> {
  const document = await getDocument({ data: new Uint8Array(pdf ?? []), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let page = 1; page <= document.numPages; page += 1) {
    const { items } = await (await document.getPage(page)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  return pages.join(' ').replace(/\s+/g, ' ');
}

test('a case goes out with its record, both files, the pictures drawn on, a PDF of all of it, and events bound to the signed head', async () => {
  await addNote(known(analyst), ID, { text: 'The hologram is whole 全 — seen at 200 %.' }, 'key-1');
  const shaOf = (side: 'id' | 'face') => createHash('sha256').update(pictures[side]).digest('hex');
  const shown: EvidenceShown = { id: shaOf('id'), face: shaOf('face'), unchecked: ['id', 'face'] };
  const rationale = 'Another nose, other ears: looked at twice.';
  await decide(known(analyst), ID, { version: 0, outcome: 'DECLINED', reasonCodes: ['FACE_MISMATCH'], rationale, shown }, 'key-2');
  const other = { action: 'note.added', subject: 'verification:999', data: { noteId: 'n', text: 'elsewhere' } } as const;
  await db().$transaction((tx) => appendAuditEvent(tx, known(analyst), other));
  const files = await pack(`verification=${ID}`);
  const names = [...files.keys()];
  expect(names.filter((name) => /^(overlay-)?(id|selfie)\./.test(name))).toHaveLength(4);
  expect(JSON.parse(files.get('record.json')?.toString() ?? '')).toEqual(record);
  expect(JSON.parse(files.get('case.json')?.toString() ?? '')).toMatchObject({
    verificationId: ID,
    review: { decisions: [{ rationale, unchecked: ['id', 'face'] }] },
  });
  const manifest = JSON.parse(files.get('manifest.json')?.toString() ?? '');
  expect(manifest).toMatchObject({
    kind: 'case-pack',
    complete: true,
    lastSeq: manifest.head.seq,
    filter: { verificationId: ID, files: true },
  });
  expect(names.filter((name) => !['verify.mjs', 'verify.py', 'manifest.json', 'manifest.sig'].includes(name))).toEqual(
    manifest.files.map(({ name }: { name: string }) => name),
  );
  const log = (files.get('audit-log.jsonl')?.toString() ?? '').trimEnd().split('\n');
  for (const line of log) expect(JSON.parse(line).subject).toBe(`verification:${ID}`);
  // The record was read for this pack, and its own log says so.
  expect(log.filter((line) => line.includes('"case.viewed"') && line.includes('Audra'))).toHaveLength(1);
  expect(files.get('audit-links.jsonl')?.toString()).toContain('verification:999');
  expect(files.get('audit-links.jsonl')?.toString()).not.toContain('elsewhere');
  const text = await textOf(files.get(`case-${ID}.pdf`));
  expect(text).toContain('without a comparison of the ID document and the selfie');
  expect(text).toContain('No: decided without a comparison');
  for (const expected of [
    `Verification ${ID}`,
    'Declined',
    'Faces differ',
    rationale,
    'The hologram is whole 全 — seen at 200 %.',
    'decided: Declined',
  ])
    expect(text.replaceAll(' ', '')).toContain(expected.replaceAll(' ', ''));
  const stated = manifest.files.find(({ name }: { name: string }) => name === 'case.json').sha256;
  expect(text.replaceAll(' ', '')).toContain(`SHA-256ofcase.jsoninthispack:${stated}`);
  expect(text.replaceAll(' ', '')).toContain(manifest.head.signature);
  if (process.env.EXPORT_SHOTS) {
    mkdirSync(process.env.EXPORT_SHOTS, { recursive: true });
    writeFileSync(join(process.env.EXPORT_SHOTS, 'case.pdf'), files.get(`case-${ID}.pdf`) ?? '');
  }
  const to = mkdtempSync(join(folder, 'unpacked-'));
  for (const [name, bytes] of files) writeFileSync(join(to, name), bytes);
  expect(execFileSync(process.execPath, ['verify.mjs'], { cwd: to, encoding: 'utf8' })).toContain('WHOLE');
});

test('evidence that is no longer what the decision was made on stands in red in the PDF and in the case, and each look was recorded', async () => {
  const [idFile = ''] = sample.result.files.map(({ url }) => url.split('/').at(-1));
  await recordEvidenceHash(idFile, createHash('sha256').update('other').digest('hex'), 5);
  const files = await pack(`verification=${ID}`);
  expect(JSON.parse(files.get('case.json')?.toString() ?? '').findings).toContainEqual(expect.objectContaining({ kind: 'drift' }));
  expect(await textOf(files.get(`case-${ID}.pdf`))).toContain('The evidence is not what it was.');
  expect(await db().auditEvent.count({ where: { action: 'evidence.viewed', actorName: 'Audra' } })).toBeGreaterThanOrEqual(2);
});

test('a record the upstream replaced or lost after the decision is said first in the PDF, with what changed, and in the case', async () => {
  const replaced = { result: { ...sample.result, verified: !sample.result.verified } };
  upstream.answerWith((request, response) =>
    request.url === `/v1/verification/${ID}` ? answers.json(replaced)(request, response) : answers.status(404)(request, response),
  );
  const changed = await pack(`verification=${ID}&files=no`);
  const text = await textOf(changed.get(`case-${ID}.pdf`));
  expect(text).toContain('Record changed since decision. The verification service replaced this record after the decision.');
  expect(text).toMatch(/Automated result: (Verified, now Not verified|Not verified, now Verified)\./);
  expect(JSON.parse(changed.get('case.json')?.toString() ?? '')).toMatchObject({
    recordChange: { kind: 'changed' },
    findings: expect.arrayContaining([expect.objectContaining({ kind: 'record-changed' })]),
  });
  upstream.answerWith(answers.status(404));
  expect(await textOf((await pack(`verification=${ID}&files=no`)).get(`case-${ID}.pdf`))).toContain('no longer has this record');
});

test('without the files it says so; what the upstream does not have is named, not passed over', async () => {
  upstream.answerWith((request, response) =>
    request.url === `/v1/verification/${ID}` ? answers.json(sample)(request, response) : answers.status(404)(request, response),
  );
  const files = await pack(`verification=${ID}&files=no`);
  expect([...files.keys()].some((name) => /^(id|selfie)/.test(name))).toBe(false);
  expect(JSON.parse(files.get('manifest.json')?.toString() ?? '').leftOut).toEqual(['The evidence files were not asked for.']);
  const { leftOut } = JSON.parse((await pack(`verification=${ID}`)).get('manifest.json')?.toString() ?? '');
  expect(leftOut).toHaveLength(2);
  expect(leftOut[0]).toContain('could not be fetched');
});
