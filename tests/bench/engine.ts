import { rmSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { card, form, selfie } from '../engine/pictures';
import { type BenchEngine, startBenchDatabase, startBenchEngine } from './engine-process';
import { median, quantile, rounded } from './statistics';

const ROUNDS = 7;
const VERIFICATIONS = 6;
const LISTS = 100;
const IN_FLIGHT = 8;
const ENDURANCE = 500;
const ENDURANCE_IN_FLIGHT = 4;
const SETTLED = 200;
const LIST = '/v1/verification?limit=25';

/**
 * The service's own speed and memory, on drawn people.
 * `verifyVsInference`: a whole verification as its caller waits for it, over the time inside the models, both of the same request.
 * `listP95UnderLoadVsIdle`: the 95th percentile of the list while 8 verifications run, over the same when nothing runs.
 * `rssMB`: memory after 500 verifications, 4 at a time; `rssGrowthMB`: what of it came after the first 200.
 */
export async function run(log: (line: string) => void): Promise<Record<string, number>> {
  const database = await startBenchDatabase('bench-engine', log);
  try {
    await forget(database.url);
    rmSync(path.join(database.dataDir, 'engine'), { recursive: true, force: true });
    const engine = await startBenchEngine(database.dataDir, database.url, log);
    try {
      const submissions = await drawSubmissions();
      const submit = (index: number) => verify(engine, submissions[index % submissions.length] ?? new FormData());
      log('warming up');
      for (let i = 0; i < 30; i += 1) await submit(i);
      const speed = await measureSpeed(engine, submit, log);
      return { ...speed, ...(await measureMemory(engine, submit, log)) };
    } finally {
      await engine.stop();
    }
  } finally {
    await database.stop();
  }
}

type Submit = (index: number) => Promise<{ wallMs: number; modelMs: number }>;

async function measureSpeed(engine: BenchEngine, submit: Submit, log: (line: string) => void): Promise<Record<string, number>> {
  const rounds: { ratio: number; wall: number; models: number; idle: number; loaded: number }[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const one: Awaited<ReturnType<Submit>>[] = [];
    for (let i = 0; i < VERIFICATIONS; i += 1) one.push(await submit(i));
    const idle = await listTimes(engine, LISTS);
    const loaded = await whileSubmitting(submit, () => listTimes(engine, LISTS));
    rounds.push({
      ratio: median(one.map(({ wallMs, modelMs }) => wallMs / modelMs)),
      wall: median(one.map(({ wallMs }) => wallMs)),
      models: median(one.map(({ modelMs }) => modelMs)),
      idle: quantile(idle, 0.95),
      loaded: quantile(loaded, 0.95),
    });
    log(`round ${round} of ${ROUNDS}: ${JSON.stringify(rounds.at(-1))}`);
  }
  return {
    verifyVsInference: rounded(median(rounds.map(({ ratio }) => ratio))),
    listP95UnderLoadVsIdle: rounded(median(rounds.map(({ idle, loaded }) => loaded / idle))),
    verifyMs: rounded(median(rounds.map(({ wall }) => wall))),
    inferenceMs: rounded(median(rounds.map(({ models }) => models))),
    listP95IdleMs: rounded(median(rounds.map(({ idle }) => idle))),
    listP95UnderLoadMs: rounded(median(rounds.map(({ loaded }) => loaded))),
  };
}

async function measureMemory(engine: BenchEngine, submit: Submit, log: (line: string) => void): Promise<Record<string, number>> {
  const samples: { done: number; mb: number }[] = [];
  let sent = 0;
  let done = 0;
  const lane = async () => {
    while (sent < ENDURANCE) {
      sent += 1;
      await submit(sent);
      done += 1;
      if (done % 5 === 0) samples.push({ done, mb: engine.rssMB() });
      if (done % 100 === 0) log(`${done} of ${ENDURANCE} verifications, ${Math.round(engine.rssMB())} MB`);
    }
  };
  await Promise.all(Array.from({ length: ENDURANCE_IN_FLIGHT }, lane));
  // A moment of garbage is no growth: what is compared is the usual level around both points.
  const around = (from: number, to: number) =>
    median(samples.filter((sample) => sample.done > from && sample.done <= to).map(({ mb }) => mb));
  return {
    rssMB: rounded(engine.rssMB()),
    rssPeakMB: rounded(Math.max(...samples.map(({ mb }) => mb))),
    rssGrowthMB: rounded(around(ENDURANCE - 50, ENDURANCE) - around(SETTLED - 50, SETTLED)),
  };
}

async function listTimes(engine: BenchEngine, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i += 1) times.push((await engine.get(LIST)).ms);
  return times;
}

/** Does the work while always IN_FLIGHT submissions are under way. */
async function whileSubmitting<Result>(submit: Submit, work: () => Promise<Result>): Promise<Result> {
  let over = false;
  const lane = async (index: number) => {
    for (let i = index; !over; i += IN_FLIGHT) await submit(i);
  };
  const lanes = Array.from({ length: IN_FLIGHT }, (_, index) => lane(index));
  try {
    return await work();
  } finally {
    over = true;
    await Promise.all(lanes);
  }
}

async function verify(engine: BenchEngine, submission: FormData): Promise<{ wallMs: number; modelMs: number }> {
  const start = performance.now();
  const response = await fetch(`${engine.url}/v1/verification`, { method: 'POST', headers: { 'x-api-key': engine.key }, body: submission });
  await response.arrayBuffer();
  const wallMs = performance.now() - start;
  const modelMs = Number(/models;dur=([\d.]+)/.exec(response.headers.get('server-timing') ?? '')?.[1]);
  if (response.status !== 200 || Number.isNaN(modelMs)) throw new Error(`A verification answered ${response.status}.`);
  return { wallMs, modelMs };
}

async function drawSubmissions(): Promise<FormData[]> {
  const people = [4, 6, 7, 8, 62, 64];
  return Promise.all(
    people.map(async (seed) =>
      form({ id: await card(seed), selfie: await selfie(seed), tags: JSON.stringify({ customerId: String(seed) }) }),
    ),
  );
}

/** Every run starts from an empty store. */
async function forget(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('DROP SCHEMA IF EXISTS engine CASCADE');
  await client.end();
}
