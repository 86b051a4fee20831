import { appendFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANNA, card, form, selfie } from './pictures';
import { type RunningEngine, runEngine, start, weights } from './running-engine';

let engine: RunningEngine;
let parts: { id: Buffer; selfie: Buffer };

beforeAll(async () => {
  parts = { id: await card(ANNA), selfie: await selfie(ANNA) };
  engine = await runEngine({ ENGINE_QUEUE: '1' });
});

afterAll(() => engine.dispose());

describe('the process of the service', () => {
  it('answers its health without a key', async () => {
    const response = await fetch(`${engine.url}/health`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'ok', models: 'ok', database: 'ok' });
  });

  it('answers 503 with Retry-After beyond its queue, and keeps exactly what it accepted', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => engine.submit(form(parts))));
    const refused = answers.filter((answer) => answer.status === 503);
    const accepted = answers.filter((answer) => answer.status === 200);
    expect(refused.length).toBeGreaterThan(0);
    expect(accepted.length + refused.length).toBe(12);
    for (const answer of refused) {
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(await answer.json()).toMatchObject({ statusCode: 503, error: 'Service Unavailable' });
    }
    expect((await (await engine.get('/v1/verification')).json()).totalCount).toBe(accepted.length);
  });

  it('puts right at the next start what a kill left half done, and only that', async () => {
    const { result } = await (await engine.submit(form(parts))).json();
    const kept = result.verificationId;
    const lost = kept + 1000;
    await engine.end('SIGKILL');
    const root = path.join(engine.dataDir, 'engine');
    mkdirSync(path.join(root, 'uploads/in-abc'));
    writeFileSync(path.join(root, 'uploads/in-abc/idFile'), 'half');
    mkdirSync(path.join(root, `uploads/pending-${kept}`));
    mkdirSync(path.join(root, `uploads/pending-${lost}`));
    mkdirSync(path.join(root, `files/${Math.floor(lost / 1000)}`), { recursive: true });
    const orphan = path.join(root, `files/${Math.floor(lost / 1000)}/${lost}-id`);
    writeFileSync(orphan, 'placed without its rows');
    await engine.restart();
    expect(readdirSync(path.join(root, 'uploads'))).toEqual([]);
    expect(existsSync(orphan)).toBe(false);
    const url = new URL(result.files[0].url).pathname;
    expect((await (await engine.get(url)).arrayBuffer()).byteLength).toBe(parts.id.length);
  });

  it('loses no accepted record to a kill in the middle of others', async () => {
    const inFlight = Array.from({ length: 3 }, () => engine.submit(form(parts)).catch(() => null));
    const first = await Promise.any(inFlight.map(async (one) => (await one)?.json()));
    await engine.end('SIGKILL');
    await Promise.all(inFlight);
    await engine.restart();
    const record = await engine.get(`/v1/verification/${first.result.verificationId}`);
    expect(record.status).toBe(200);
    const { totalCount, data } = await (await engine.get('/v1/verification?limit=100')).json();
    expect(data).toHaveLength(totalCount);
    for (const one of data) {
      for (const file of one.files) expect((await engine.get(new URL(file.url).pathname)).status).toBe(200);
    }
  });

  it('ends cleanly when asked to', async () => {
    expect(await engine.end('SIGTERM')).toBe(0);
  });

  it('refuses to start on model weights that are not the pinned ones', async () => {
    const file = path.join(engine.dataDir, 'models/fr_liveness.onnx');
    appendFileSync(file, 'x');
    await expect(engine.restart()).rejects.toThrow(/fr_liveness.onnx is not the pinned one/);
  });

  it('says in one sentence what it misses', async () => {
    const environment = {
      ...process.env,
      DATA_DIR: await weights(),
      DATABASE_URL: engine.databaseUrl,
      ENGINE_PORT: '45999',
      VERIFICATION_API_KEY: '',
    };
    await expect(start(environment)).rejects.toThrow(/^The verification service needs VERIFICATION_API_KEY[^\n]*$/);
  });
});
