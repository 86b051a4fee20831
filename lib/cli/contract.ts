import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { plainSentence } from './plain-sentence';

const USAGE = `npm run contract -- --url URL --key KEY [--write] [--json]

Asks a server that claims the ID-selfie API whether it keeps the documented promises, and what it does where the
documentation is silent. It only reads, unless --write lets it submit two drawn people and a few broken forms.
The key may also come from VERIFICATION_API_KEY, where other users of the machine do not see it.`;

const root = fileURLToPath(new URL('../..', import.meta.url));
const finding = z.object({ point: z.string(), found: z.string() });
type Finding = z.infer<typeof finding>;

try {
  process.exitCode = await main();
} catch (error) {
  console.error(plainSentence(error));
  process.exitCode = 1;
}

/** Runs the suite and prints what it found; answers 0 when no promise was broken. */
async function main(): Promise<number> {
  const { url, key, write, json } = readCommand();
  const folder = mkdtempSync(join(tmpdir(), 'second-look-contract-'));
  const findings = join(folder, 'findings.jsonl');
  try {
    const code = await runSuite({ CONTRACT_URL: url, CONTRACT_KEY: key, CONTRACT_WRITE: write ? '1' : '0', CONTRACT_FINDINGS: findings });
    const points = readFindings(findings);
    console.log(`\n${table(points)}\n`);
    console.log(
      code === 0 ? 'No documented promise is broken.' : 'A documented promise is broken, or the server could not be asked; see above.',
    );
    // The last line, for programs.
    if (json) console.log(JSON.stringify({ kept: code === 0, points: Object.fromEntries(points.map((one) => [one.point, one.found])) }));
    return code === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readCommand(): { url: string; key: string; write: boolean; json: boolean } {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      key: { type: 'string' },
      write: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const { url, key = process.env.VERIFICATION_API_KEY, write, json } = values;
  if (!url || !key) throw new Error(USAGE);
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) throw new Error(`${url} is no address of a server.`);
  return { url, key, write, json };
}

function runSuite(settings: Record<string, string>): Promise<number> {
  const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '../vitest.mjs');
  const args = [vitest, 'run', '-c', 'tests/contract/vitest.config.ts', '--reporter=verbose'];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...settings } });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function readFindings(file: string): Finding[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => finding.parse(JSON.parse(line)));
}

function table(points: Finding[]): string {
  const rows = [{ point: 'Where the documentation is silent', found: 'What was found' }, ...points];
  const width = Math.max(...rows.map(({ point }) => point.length));
  return rows.map((row) => `${row.point.padEnd(width)}   ${row.found}`).join('\n');
}
