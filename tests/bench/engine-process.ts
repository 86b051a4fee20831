import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Pool } from 'undici';
import { startPostgres } from '@/lib/db/embedded-postgres';
import { fetchModels } from '@/lib/engine/models/fetch';
import { freePort } from '../helpers/free-port';

/** The verification service in a process of its own, on the database that runs in `dataDir`. */
export interface BenchEngine {
  url: string;
  key: string;
  /** Keep-alive connections to it. */
  http: Pool;
  /** GET with the key, read to its end; answers the milliseconds it took and the body's size. Throws unless it is 200. */
  get(pathAndQuery: string): Promise<{ ms: number; bytes: number }>;
  /** Resident memory of its process, in MB. */
  rssMB(): number;
  stop(): Promise<void>;
}

/** The database of a bench, in a folder of its own under `data/test`, kept from run to run. */
export function startBenchDatabase(name: string, log: (line: string) => void) {
  const dataDir = path.resolve('data/test', name);
  // The disk is not what is measured, and a bench's data can be made again.
  const settings = { fsync: 'off', max_wal_size: '1GB' };
  return startPostgres({ dataDir, settings, onProgress: log }).then((database) => ({ ...database, dataDir }));
}

export async function startBenchEngine(dataDir: string, databaseUrl: string, log: (line: string) => void): Promise<BenchEngine> {
  await fetchModels(dataDir, log);
  const key = 'bench';
  const environment = { DATA_DIR: dataDir, DATABASE_URL: databaseUrl, VERIFICATION_API_KEY: key, LOG_LEVEL: 'error' };
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/engine/main.ts'], {
    env: { ...process.env, ...environment, ENGINE_PORT: String(await freePort()) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const url = await Promise.race([
    listening(child.stdout),
    gone.then(() => {
      throw new Error('The verification service stopped before it was ready; its output is above.');
    }),
  ]);
  const http = new Pool(url, { connections: 16 });
  const get = async (pathAndQuery: string) => {
    const start = performance.now();
    const { statusCode, body } = await http.request({ method: 'GET', path: pathAndQuery, headers: { 'x-api-key': key } });
    const bytes = (await body.arrayBuffer()).byteLength;
    if (statusCode !== 200) throw new Error(`${pathAndQuery} answered ${statusCode}.`);
    return { ms: performance.now() - start, bytes };
  };
  const stop = async () => {
    await http.close();
    child.kill('SIGTERM');
    await gone;
  };
  return { url, key, http, get, rssMB: () => residentMB(child.pid ?? 0), stop };
}

async function listening(output: AsyncIterable<unknown>): Promise<string> {
  let printed = '';
  for await (const chunk of output) {
    printed += chunk;
    const url = /listening on (http:\S+)/.exec(printed)?.[1];
    if (url) return url;
  }
  throw new Error('The verification service did not say where it listens.');
}

function residentMB(pid: number): number {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(stdout) / 1024;
}
