import { Pool } from 'undici';
import { startPageUpstream } from './page-upstream';
import { startProduct } from './product';
import { median, rounded } from './statistics';

const ROUNDS = 7;
const REQUESTS = 400;
const CONCURRENCY = 8;
const WARM_UP = 300;

/**
 * The proxied list against `GET /api/me`, which is the floor: same build, same session check, no upstream.
 * `cpuVsFloor25`: console CPU per request at 25 records over the floor's. `rpsVsFloor*`: requests a second over the floor's.
 */
export async function run(log: (line: string) => void): Promise<Record<string, number>> {
  const upstream = await startPageUpstream();
  const product = await startProduct(upstream, 3920, log);
  const pool = new Pool(product.url, { connections: CONCURRENCY });
  const targets = { floor: '/api/me', list25: '/api/verifications?limit=25', list100: '/api/verifications?limit=100' };
  const measured: Record<string, { cpu: number[]; rps: number[] }> = {};
  try {
    for (const target of Object.values(targets)) await load(pool, target, product.cookie, WARM_UP);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, target] of Object.entries(targets)) {
        const cpuBefore = product.cpuMs();
        const seconds = await load(pool, target, product.cookie, REQUESTS);
        measured[name] ??= { cpu: [], rps: [] };
        measured[name].cpu.push((product.cpuMs() - cpuBefore) / REQUESTS);
        measured[name].rps.push(REQUESTS / seconds);
      }
      log(`round ${round + 1} of ${ROUNDS}`);
    }
  } finally {
    await pool.close();
    await product.stop();
    await upstream.stop();
  }
  const cpu = (name: string) => median(measured[name]?.cpu ?? []);
  const rps = (name: string) => median(measured[name]?.rps ?? []);
  return {
    cpuVsFloor25: rounded(cpu('list25') / cpu('floor')),
    cpuVsFloor100: rounded(cpu('list100') / cpu('floor')),
    rpsVsFloor25: rounded(rps('list25') / rps('floor')),
    rpsVsFloor100: rounded(rps('list100') / rps('floor')),
    floorCpuMs: rounded(cpu('floor')),
    floorRps: rounded(rps('floor')),
  };
}

/** Sends `count` requests, `CONCURRENCY` at a time, reads every body, and answers how many seconds it took. */
async function load(pool: Pool, path: string, cookie: string, count: number): Promise<number> {
  const start = performance.now();
  let sent = 0;
  const lane = async () => {
    while (sent < count) {
      sent += 1;
      const { statusCode, body } = await pool.request({ method: 'GET', path, headers: { cookie } });
      await body.dump({ limit: 10_000_000 });
      if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}.`);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  return (performance.now() - start) / 1000;
}
