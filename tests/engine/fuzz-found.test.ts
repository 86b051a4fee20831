// What random requests have found, told plainly, and the pictures made to exhaust a server's memory.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendRaw, validForm } from './fuzzed-request';
import { form } from './pictures';
import { type RunningEngine, runEngine } from './running-engine';

const BOMBS = 20;

let engine: RunningEngine;

beforeAll(async () => {
  engine = await runEngine();
});

afterAll(() => engine.dispose());

const MULTIPART = 'content-type: multipart/form-data; boundary=b';

function post(body: string, length = Buffer.byteLength(body, 'latin1')): Buffer {
  const head = `POST /v1/verification HTTP/1.1\r\nhost: engine\r\nconnection: close\r\nx-api-key: ${engine.key}\r\n${MULTIPART}`;
  return Buffer.from(`${head}\r\ncontent-length: ${length}\r\n\r\n${body}`, 'latin1');
}

async function expectNothingKept(): Promise<void> {
  expect((await (await engine.get('/v1/verification')).json()).totalCount).toBe(0);
  expect(readdirSync(path.join(engine.dataDir, 'engine/uploads'))).toEqual([]);
}

function file(name: string, bytes: Buffer): string {
  return `--b\r\ncontent-disposition: form-data; name="${name}"; filename="a.jpg"\r\n\r\n${bytes.toString('latin1')}\r\n`;
}

it('outlives a sender who hangs up in the middle of a file', async () => {
  const [whole] = (await validForm(engine.key)).parts;
  for (const seen of [0, 1, 20, 300]) {
    const body = file('idFile', whole?.body ?? Buffer.alloc(0)).slice(0, 80 + seen);
    await sendRaw(engine.url, { bytes: post(body, 5000), cut: true });
  }
  await expect.poll(() => readdirSync(path.join(engine.dataDir, 'engine/uploads'))).toEqual([]);
  await expectNothingKept();
});

it('refuses a form with a malformed part as a whole, also when both files arrived before it or come after it', async () => {
  const [id, selfie] = (await validForm(engine.key)).parts.map((part) => part.body);
  const files = file('idFile', id ?? Buffer.alloc(0)) + file('selfieFile', selfie ?? Buffer.alloc(0));
  const malformed = '--b\r\ncontent disposition form-data\r\n\r\n{"customerId":"1"}\r\n';
  for (const body of [`${files}${malformed}--b--\r\n`, `${malformed}${files}--b--\r\n`, `${files}${malformed}`]) {
    const answer = await sendRaw(engine.url, { bytes: post(body), cut: false });
    expect(answer?.status).toBe(400);
  }
  await expectNothingKept();
});

it.runIf(process.platform === 'linux')(`keeps its memory flat while ${BOMBS} small files that unpack to gigabytes come in`, async () => {
  const canvas = { width: 16_000, height: 16_000, channels: 3, background: '#000' } as const;
  const bomb = await sharp({ create: canvas, limitInputPixels: false }).png({ compressionLevel: 9 }).toBuffer();
  expect(bomb.length).toBeLessThan(2_000_000);
  const [id] = (await validForm(engine.key)).parts.map((part) => part.body);
  const refuse = async () => {
    const response = await engine.submit(form({ id, selfie: bomb }));
    expect(response.status).toBe(422);
    expect((await response.json()).message).toContain('16000 x 16000');
  };
  await refuse();
  const before = rssMB();
  for (let sent = 0; sent < BOMBS; sent += 4) await Promise.all([refuse(), refuse(), refuse(), refuse()]);
  expect(rssMB() - before).toBeLessThan(150);
  await expectNothingKept();
});

/** Memory of the service's process: that whose command line names its entry and whose environment its data folder. */
function rssMB(): number {
  const process = readdirSync('/proc').find((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return (
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('engine/main.ts') &&
        readFileSync(`/proc/${pid}/environ`, 'utf8').includes(engine.dataDir)
      );
    } catch {
      return false;
    }
  });
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${process}/status`, 'utf8'))?.[1]) / 1024;
}
