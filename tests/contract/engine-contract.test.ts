import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningEngine, runEngine } from '../engine/running-engine';
import { RawRecord, recordOf, startListUpstream } from '../helpers/list-upstream';

let engine: RunningEngine;

beforeAll(async () => {
  engine = await runEngine();
});

afterAll(() => engine.dispose());

/** Runs the command as a person would, and answers its exit code and what it printed. */
async function contractOf(url: string, args: string[]): Promise<{ code: number | null; printed: string }> {
  const command = ['--import', 'tsx', 'lib/cli/contract.ts', '--url', url, '--json', ...args];
  const { VITEST: _, ...env } = process.env;
  const child = spawn(process.execPath, command, { env: { ...env, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      printed += chunk;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, printed };
}

const contract = (...args: string[]) => contractOf(`${engine.url}/v1`, args);

it('finds that the embedded service keeps every promise, and says how it does where the contract is silent', {
  timeout: 300_000,
}, async () => {
  const { code, printed } = await contract('--key', engine.key, '--write');
  expect(code, printed).toBe(0);
  expect(printed).not.toContain(engine.key);
  const { points } = JSON.parse(printed.trim().split('\n').at(-1) ?? '');
  expect(points).toMatchObject({
    'Pages under equal sort keys': 'no record twice in 2, the same order when asked again',
    'Direction when only sortBy is given': 'desc',
    'tagFilter, value with = , + % &': 'found when URL-encoded whole',
    'Space of boxes (EXIF orientation 6)': expect.stringMatching(/^as shown, after turning/),
    'Space of boxes in the records': expect.stringMatching(/^as shown in 1, as stored in 0 of 1 turned pictures among 4 looked at/),
    'NaN and Infinity': expect.stringMatching(/^none in \d+ records read$/),
    'Byte order mark': 'none',
    'Range: bytes=0-9': '206, 10 bytes',
    'If-None-Match': '304',
    'Unit of timestamp': 'seconds',
    'Error with a wrong key': '401 { statusCode, error, message }',
  });
});

it('finds a server out that does not take the key', { timeout: 120_000 }, async () => {
  const { code, printed } = await contract('--key', 'another key');
  expect(code).toBe(1);
  expect(printed).toContain('A documented promise is broken');
});

it('names what a server writes that is no JSON, and goes on with its other questions', { timeout: 120_000 }, async () => {
  const upstream = await startListUpstream();
  const odd = JSON.stringify(recordOf(3))
    .replace(/"detectionConfidence":[\d.]+/, '"detectionConfidence":NaN')
    .replace('"passport.jpg"', '"a\\ud800b"');
  for (let id = 1; id <= 5; id += 1) upstream.records.set(id, id === 3 ? new RawRecord(odd) : recordOf(id));
  upstream.beforeAnswer = () => ({ kind: 'bom' });
  const { code, printed } = await contractOf(upstream.url, ['--key', 'key']);
  await upstream.close();
  // It serves no files, so a promise is broken.
  expect(code).toBe(1);
  expect(JSON.parse(printed.trim().split('\n').at(-1) ?? '').points).toMatchObject({
    'NaN and Infinity': '2 in 10 records read; not JSON, though Python writes it; the console reads them as null',
    'Half characters in texts': '2 in 10 records read; the console shows a replacement mark',
    'Byte order mark': 'sent; the console passes over it',
    'Unit of timestamp': 'seconds',
  });
});
