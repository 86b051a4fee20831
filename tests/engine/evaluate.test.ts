import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawPortrait } from '@/lib/cli/demo/portrait';
import { evaluateLiveness } from '@/lib/engine/evaluate/evaluate-liveness';
import { type EvaluationTools, evaluateMatching } from '@/lib/engine/evaluate/evaluate-matching';
import { ANNA, BORIS, selfie } from './pictures';
import { weights } from './running-engine';

const run = promisify(execFile);
let root: string;

/** For folders that are refused before anything is looked at. */
const NO_TOOLS: EvaluationTools = {
  get models(): never {
    throw new Error('A model was used.');
  },
  random: () => 0,
  onProgress: () => {},
};

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'second-look-evaluate-'));
  for (const [name, seed] of Object.entries({ anna: ANNA, boris: BORIS })) {
    put(`people/${name}/portrait.jpg`, await drawPortrait(seed, { width: 400, height: 500, faceShare: 0.5 }));
    put(`people/${name}/selfie.jpg`, await selfie(seed));
    put(`alone/${name}.jpg`, await selfie(seed));
  }
  put('people/anna/broken.jpg', Buffer.from('nothing'));
  put('people/boris/notes.txt', Buffer.from('left out'));
  put('one/anna/selfie.jpg', await selfie(ANNA));
  put('liveness/real/small.jpg', await drawPortrait(ANNA, { width: 400, height: 500 }));
  put('liveness/spoof/large.jpg', await selfie(BORIS));
  mkdirSync(path.join(root, 'empty'));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

function put(name: string, bytes: Buffer): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), bytes);
}

async function evaluate(...args: string[]): Promise<{ stdout: string; stderr: string; code: number }> {
  const command = ['--import', 'tsx', 'lib/cli/engine-evaluate.ts', ...args];
  return run(process.execPath, command, { env: { ...process.env, DATA_DIR: path.resolve(await weights()) } }).then(
    (done) => ({ ...done, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  );
}

function lastLine(output: string): Record<string, unknown> {
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}

describe('engine:evaluate', () => {
  it('names the worst pairs and ends with one JSON object that states sizes, rates and intervals', async () => {
    const { stdout, code } = await evaluate(path.join(root, 'people'), '--json');
    expect(code).toBe(0);
    expect(stdout).toContain('anna/portrait.jpg  anna/selfie.jpg');
    expect(stdout).toContain('Could not be read, left out:\n  anna/broken.jpg');
    expect(lastLine(stdout)).toMatchObject({
      ...{ people: 2, pictures: 4, genuinePairs: 2, impostorPairs: 4 },
      ...{ detectionRecall: 1, detectionRecallCI: [expect.any(Number), 1] },
      ...{ tprAtFpr1pct: 1, tprAtFpr1pctCI: [expect.any(Number), 1] },
      ...{ tprAtFpr0_1pct: 1, tprAtFpr0_1pctCI: [expect.any(Number), 1] },
      ...{ threshold: 0.38, accuracyAtThreshold: 1 },
    });
  });

  it('with --liveness counts attacks caught and real people passed, and calls small pictures unknown', async () => {
    const { stdout, code } = await evaluate('--liveness', path.join(root, 'liveness'), '--json');
    expect(code).toBe(0);
    const figures = lastLine(stdout);
    expect(figures).toMatchObject({ attacks: 1, real: 1, realPassed: 0, unknown: 1, attacksCaught: expect.any(Number) });
    expect(stdout).toMatch(/unknown +real\/small\.jpg/);
  });

  it('says in one sentence what is wrong with a folder, and fails', async () => {
    const { stdout, stderr, code } = await evaluate(path.join(root, 'nowhere'), '--json');
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/There is no folder .*nowhere\.$/m);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it.each([
    ['is a file', 'alone/anna.jpg', /anna\.jpg is no folder\./],
    ['is empty', 'empty', /empty holds no folder with jpg, png or webp pictures\./],
    ['holds pictures but no people', 'alone', /put the pictures of each person into a folder of their own\./],
    ['holds one person', 'one', /one person only/],
  ])('refuses a folder that %s before it looks at a picture', async (_what, folder, sentence) => {
    await expect(evaluateMatching(path.join(root, folder), 0.38, NO_TOOLS)).rejects.toThrow(sentence);
  });

  it('refuses to measure liveness where one of the two folders is missing or empty', async () => {
    const thresholds = { match: 0.38, liveness: 0.5 };
    await expect(evaluateLiveness(path.join(root, 'people'), thresholds, NO_TOOLS)).rejects.toThrow(/There is no folder .*real\./);
    mkdirSync(path.join(root, 'half/real'), { recursive: true });
    await expect(evaluateLiveness(path.join(root, 'half'), thresholds, NO_TOOLS)).rejects.toThrow(
      /real holds no jpg, png or webp pictures\./,
    );
  });
});
