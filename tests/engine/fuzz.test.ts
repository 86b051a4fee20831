import { readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FuzzedRequest, mutations, sendRaw, validForm } from './fuzzed-request';
import { form } from './pictures';
import { type RunningEngine, runEngine } from './running-engine';

const REQUESTS = 1000;
/** Sent side by side, as real callers do. */
const AT_ONCE = 10;
/** Another seed tries other requests; a failure shows the request that made it. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_260_714);

let engine: RunningEngine;

beforeAll(async () => {
  engine = await runEngine();
});

afterAll(() => engine.dispose());

function shown({ bytes }: FuzzedRequest): string {
  return bytes.toString('latin1');
}

function files(folder: 'uploads' | 'files'): string[] {
  return readdirSync(path.join(engine.dataDir, 'engine', folder), { recursive: true, withFileTypes: true })
    .filter((entry) => folder === 'uploads' || entry.isFile())
    .map((entry) => entry.name);
}

it(`answers ${REQUESTS} mutations of a valid request without a 5xx, and keeps nothing by halves`, async () => {
  const stored = new Set<number>();
  let unheard = 0;
  const send = async (request: FuzzedRequest) => {
    const answer = await sendRaw(engine.url, request);
    if (answer === null) {
      expect(request.cut || shown(request), 'only who hangs up gets no answer').toBe(true);
      unheard += 1;
      return;
    }
    expect(answer.status, shown(request)).toBeLessThan(500);
    const id = /"result":\{"verificationId":(\d+)/.exec(answer.body)?.[1];
    if (answer.status === 200 && id !== undefined) stored.add(Number(id));
  };
  const requests = fc.sample(mutations(await validForm(engine.key)), { numRuns: REQUESTS, seed: SEED });
  const lane = async () => {
    for (let request = requests.pop(); request !== undefined; request = requests.pop()) await send(request);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  expect(stored.size).toBeGreaterThan(REQUESTS / 50);
  const { totalCount } = await (await engine.get('/v1/verification?limit=1')).json();
  expect(totalCount).toBeGreaterThanOrEqual(stored.size);
  // Who sends a whole request and hangs up before the answer has submitted all the same.
  expect(totalCount).toBeLessThanOrEqual(stored.size + unheard);
  expect(files('uploads')).toEqual([]);
  expect(files('files')).toHaveLength(totalCount * 2);
  const [id, selfie] = (await validForm(engine.key)).parts.map((part) => part.body);
  expect((await engine.submit(form({ id, selfie }))).status).toBe(200);
}, 300_000);
