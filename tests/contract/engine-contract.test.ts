import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningEngine, runEngine } from '../engine/running-engine';

let engine: RunningEngine;

beforeAll(async () => {
  engine = await runEngine();
});

afterAll(() => engine.dispose());

/** Runs the command as a person would, and answers its exit code and what it printed. */
async function contract(...args: string[]): Promise<{ code: number | null; printed: string }> {
  const command = ['--import', 'tsx', 'lib/cli/contract.ts', '--url', `${engine.url}/v1`, '--json', ...args];
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
