import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkModels } from '@/lib/engine/models/check';
import { fetchModels } from '@/lib/engine/models/fetch';
import { freePort } from '../helpers/free-port';
import { testDatabase } from '../helpers/postgres';

const KEY = 'a key for tests';
const CACHE = 'node_modules/.cache/second-look';

/** The real service in its own process, on a database and a data folder of its own. */
export interface RunningEngine {
  url: string;
  key: string;
  dataDir: string;
  databaseUrl: string;
  /** GET with the key; `headers` replace or add. */
  get(pathAndQuery: string, headers?: Record<string, string>): Promise<Response>;
  /** POST of a form with the key. */
  submit(form: FormData): Promise<Response>;
  /** Ends the process, gently or with SIGKILL, and answers its exit code. */
  end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
  /** Starts it again on the same data. */
  restart(): Promise<void>;
  /** Ends it and removes everything it had. */
  dispose(): Promise<void>;
}

/** A data folder that holds the model weights: the project's own when set up, else fetched once and kept beside the packages. */
export async function weights(): Promise<string> {
  const own = process.env.DATA_DIR ?? 'data';
  const there = await checkModels(own).then(
    () => true,
    () => false,
  );
  if (there) return own;
  await fetchModels(CACHE);
  return CACHE;
}

/** Starts the service. `settings` are environment variables that differ from the defaults. */
export async function runEngine(settings: Record<string, string> = {}): Promise<RunningEngine> {
  const database = await testDatabase();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'second-look-engine-'));
  cpSync(path.join(await weights(), 'models'), path.join(dataDir, 'models'), { recursive: true });
  const environment = { ...process.env, DATABASE_URL: database.url, DATA_DIR: dataDir, VERIFICATION_API_KEY: KEY };
  const launch = async () => start({ ...environment, ENGINE_PORT: String(await freePort()), LOG_LEVEL: 'error', ...settings });
  let running = await launch();
  const engine: RunningEngine = {
    url: running.url,
    key: KEY,
    dataDir,
    databaseUrl: database.url,
    get: (pathAndQuery, headers = {}) => fetch(engine.url + pathAndQuery, { headers: { 'x-api-key': KEY, ...headers } }),
    submit: (form) => fetch(`${engine.url}/v1/verification`, { method: 'POST', headers: { 'x-api-key': KEY }, body: form }),
    end: (signal = 'SIGTERM') => end(running.child, signal),
    async restart() {
      running = await launch();
      engine.url = running.url;
    },
    async dispose() {
      await end(running.child, 'SIGTERM');
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return engine;
}

/** Runs the entry point and waits for the line that says where it listens. Rejects with what it printed when it ends instead. */
export async function start(environment: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/engine/main.ts'], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (text: Buffer) => {
      printed += text;
      const found = /listening on (http:\S+)/.exec(printed)?.[1];
      if (found) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('close', () => reject(new Error(printed.trim())));
  });
  return { child, url };
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  child.kill(signal);
  await once(child, 'exit');
  return child.exitCode;
}
