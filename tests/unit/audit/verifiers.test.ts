import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ROW_KINDS } from '@/lib/audit/bound-rows';
import { signedByOneOf } from '@/lib/audit/checkpoint-files';
import { parseCheckpoints } from '@/lib/audit/checkpoint-lines';
import { exportedEvent, manifest } from '@/lib/audit/export-format';
import { keyIdOf } from '@/lib/audit/signed-head';
import { KIND_OF_TABLE, KINDS, told, verifyExport } from '@/lib/audit/verify.mjs';
import { verifyChain } from '@/lib/audit/verify-chain';
import { chainFixtures, FIXTURE_KEY, REPLACED_KEY } from '../../helpers/chain-fixtures';

const folder = fileURLToPath(new URL('../../fixtures/chain', import.meta.url));
const verdictsFile = join(folder, 'verdicts.json');
const made = chainFixtures();

const UNSIGNED = ['nothing-erased.jsonl', 'export-unsigned'];

/** What is verified, and what it is held against: a log alone against the shared signed heads or its own, an export against itself. */
const cases = [...new Set([...made.keys()].map((path) => (path.includes('export-') ? dirname(path) : path)))]
  .filter((path) => !path.endsWith('checkpoints.jsonl'))
  .map((path) => {
    const own = path.replace(/\.jsonl$/, '.checkpoints.jsonl');
    const heads = path.includes('export-')
      ? undefined
      : made.has(own)
        ? own
        : path === 'nothing-erased.jsonl'
          ? undefined
          : 'checkpoints.jsonl';
    // Without a key the verdict of what nobody signed is "unsigned"; with one it is broken.
    const key = UNSIGNED.includes(path) ? undefined : FIXTURE_KEY;
    return { path, checkpoints: heads && join(folder, heads), key };
  });

if (process.env.UPDATE_FIXTURES) await writeFixtures();
const verdicts: Record<string, unknown> = JSON.parse(readFileSync(verdictsFile, 'utf8'));

describe('the fixtures', () => {
  test('are what their generator makes, and nothing else', () => {
    const held = filesIn(folder).filter((file) => !['README.md', 'verdicts.json'].includes(file));
    expect(held.toSorted()).toEqual([...made.keys()].toSorted());
    for (const [path, text] of made) expect(readFileSync(join(folder, path), 'utf8'), path).toBe(text);
  });

  test('are of the stated format', () => {
    for (const line of (made.get('good.jsonl') ?? '').trim().split('\n')) exportedEvent.parse(JSON.parse(line));
    for (const [path, text] of made) if (path.endsWith('manifest.json')) manifest.parse(JSON.parse(text));
  });

  test('are broken where they are called so', () => {
    const wrong = cases.filter(({ path }) => whole(verdicts[path]) === path.startsWith('broken/')).map(({ path }) => path);
    expect(wrong).toEqual([]);
  });
});

describe('the verifier an export carries', () => {
  test.each(cases)('answers what is due for $path', async ({ path, checkpoints, key }) => {
    expect(await verifyExport(join(folder, path), { checkpoints, key })).toEqual(verdicts[path]);
  });

  test('runs with nothing but Node, says the first bad number, and ends with what happened', () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [fileURLToPath(new URL('../../../lib/audit/verify.mjs', import.meta.url)), ...args], {
        cwd: folder,
        encoding: 'utf8',
      });
    const good = run('export-month');
    expect([good.status, good.stdout]).toEqual([0, expect.stringContaining('WHOLE. 4 events between 4 and 9')]);
    const bad = run('broken/deleted.jsonl');
    expect([bad.status, bad.stdout]).toEqual([1, expect.stringMatching(/BROKEN at event 6, seq:\n {2}expected {2}6\n {2}found {5}7/)]);
    const none = run('nowhere');
    expect([none.status, none.stderr]).toEqual([2, expect.stringContaining('Nothing could be verified')]);
  });

  test('says that a key which came with the export proves nothing by itself', async () => {
    expect(told(await verifyExport(join(folder, 'export-whole')))).toContain('Compare it with the one you were given');
    const stranger = await verifyExport(join(folder, 'export-whole'), { key: '00'.repeat(32) });
    expect(stranger).toMatchObject({ whole: false, broken: { field: 'signature' } });
  });
});

test('a replaced key signs neither a head nor a manifest after the event that replaced it, whichever key is given', async () => {
  for (const fixture of ['signed-on', 'head', 'manifest', 'manifest-dated-back']) {
    const path = join(folder, `broken/export-${fixture}-by-the-replaced-key`);
    for (const key of [FIXTURE_KEY, [FIXTURE_KEY, REPLACED_KEY], REPLACED_KEY, undefined])
      expect(await verifyExport(path, { key }), fixture).toMatchObject({
        whole: false,
        broken: { field: 'signature', found: expect.stringMatching(/which event 10 replaced$/) },
      });
  }
  // Heads it signed before, of events that were lost, do not become wrong because their numbers were given again.
  expect(await verifyExport(join(folder, 'export-key-replaced-in-a-restore'), { key: FIXTURE_KEY })).toMatchObject({ whole: true });
});

test('a log, links or heads that the signed manifest does not name are no part of the export, so it is broken', async () => {
  expect(await verifyExport(join(folder, 'export-without-log'), { key: FIXTURE_KEY })).toMatchObject({ whole: true, events: 0 });
  for (const [fixture, found] of [
    ['log', 'audit-log.jsonl'],
    ['links', 'audit-links.jsonl'],
    ['heads', 'checkpoints.jsonl'],
  ])
    for (const key of [FIXTURE_KEY, undefined])
      expect(await verifyExport(join(folder, `broken/export-${fixture}-not-named`), { key })).toEqual({
        whole: false,
        broken: { seq: expect.any(Number), field: 'file', expected: 'files that manifest.json names', found },
      });
});

test('both verifiers count the rows of an erasure by the kinds the console binds', () => {
  const ofAction = Object.fromEntries(Object.entries(KINDS).flatMap(([kind, actions]) => actions.map((action) => [action, kind])));
  const ofTable = { ...Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, kind])), ...KIND_OF_TABLE };
  expect({ ofAction, ofTable }).toEqual(ROW_KINDS);
  const python = readFileSync(fileURLToPath(new URL('../../../lib/audit/verify.py', import.meta.url)), 'utf8');
  for (const [kind, actions] of Object.entries(KINDS))
    expect(python).toContain(`    "${kind}": (${actions.map((action) => `"${action}",`).join(' ')}),\n`);
  expect(python).toContain(`KIND_OF_TABLE = ${JSON.stringify(KIND_OF_TABLE).replaceAll(':', ': ')}\n`);
});

// One process for all of them: starting Python is most of what this takes.
const ALL_AT_ONCE = `
import json, sys
sys.path.insert(0, sys.argv[1])
import verify
for path, checkpoints, key in json.load(sys.stdin):
    try:
        verdict = verify.verify(path, checkpoints, key)
    except verify.Broken as broken:
        verdict = broken.verdict
    print(json.dumps([verdict, verify.told(verdict)]))
`;

test('the second verifier, in Python, gives the same answer on every fixture, in the same sentences', { timeout: 120_000 }, async ({
  skip,
}) => {
  const python = ['python3', 'python'].find(works);
  if (!python) return skip('there is no Python on this machine');
  const asked = cases.map(({ path, checkpoints, key }) => [join(folder, path), checkpoints ?? null, key ?? null]);
  const room = fileURLToPath(new URL('../../../lib/audit', import.meta.url));
  const { stdout, stderr } = spawnSync(python, ['-B', '-c', ALL_AT_ONCE, room], { input: JSON.stringify(asked), encoding: 'utf8' });
  expect(stderr).toBe('');
  const answers = stdout.trim().split('\n');
  expect(answers).toHaveLength(cases.length);
  for (const [index, { path, checkpoints, key }] of cases.entries())
    expect(JSON.parse(answers[index] ?? ''), path).toEqual([
      verdicts[path],
      told(await verifyExport(join(folder, path), { checkpoints, key })),
    ]);
});

const anyEvent = exportedEvent.extend({ seq: z.number() });

test('the console’s own verifier gives the same answer on every log', async () => {
  for (const { path, checkpoints } of cases) {
    if (!path.endsWith('.jsonl') || /cut-in-a-line|no-json|a-member-missing|unsigned-end|line-/.test(path)) continue;
    const links = readFileSync(join(folder, path), 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => {
        const { salt, data, ...link } = anyEvent.parse(JSON.parse(line));
        return { ...link, payload: salt === null || data === null ? null : { salt, data } };
      });
    const heads = checkpoints ? parseCheckpoints(readFileSync(checkpoints, 'utf8'), checkpoints).heads : [];
    const isSigned = signedByOneOf(new Map([[keyIdOf(FIXTURE_KEY), FIXTURE_KEY]]));
    const verdict = await verifyChain(links, { checkpoints: heads, isSigned, toTheEnd: true });
    expect(verdict.whole ? { whole: true } : { whole: false, broken: verdict.broken }, path).toEqual(
      whole(verdicts[path]) ? { whole: true } : verdicts[path],
    );
  }
});

async function writeFixtures(): Promise<void> {
  for (const file of filesIn(folder)) if (file !== 'README.md') rmSync(join(folder, file));
  for (const [path, text] of made) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const answers: Record<string, unknown> = {};
  for (const { path, checkpoints, key } of cases) answers[path] = await verifyExport(join(folder, path), { checkpoints, key });
  writeFileSync(verdictsFile, `${JSON.stringify(answers, null, 2)}\n`);
}

function whole(verdict: unknown): boolean {
  return typeof verdict === 'object' && verdict !== null && 'whole' in verdict && verdict.whole === true;
}

function filesIn(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => relative(root, join(root, file)))
    .filter((file) => statSync(join(root, file)).isFile());
}

function works(command: string): boolean {
  try {
    execFileSync(command, ['-c', 'pass'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
