import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '@/lib/db/embedded-postgres';
import { migrate } from '@/lib/db/migrate';
import { fetchModels } from '@/lib/engine/models/fetch';
import { build, needsBuild, nextCommand } from './build';
import { requireSpace } from './disk-space';
import { childEnvironment, engineUrl, type Keys, keepKeys, type Plan } from './plan';
import { requireFreePort } from './ports';
import { openLog, type Service, startService, tail } from './processes';
import { untilReady } from './ready';
import { takeOver } from './run-file';
import { step } from './steps';

const root = fileURLToPath(new URL('../..', import.meta.url));
const distDir = process.env.NEXT_DIST_DIR || '.next';
const FIRST_START_BYTES = 1.5e9;
const START_BYTES = 0.1e9;

type Start = (name: string, args: string[], more?: Record<string, string>) => Service;

const ENGINE = 'verification service';

/** What is needed by others is stopped after them, whichever of them happened to start first. */
const RANK = { folder: 0, database: 1, service: 2, user: 3 };

/** Everything of one start that runs. */
export class Stack {
  readonly #stops: { rank: number; stop: () => Promise<unknown> }[] = [];
  #stopped: Promise<void> | undefined;
  #reportDeath: (error: Error) => void = () => {};
  /** Rejects when one of the processes ends by itself, with which and why. */
  readonly died = new Promise<never>((_, reject) => {
    this.#reportDeath = reject;
  });

  constructor(readonly plan: Plan) {
    // Whoever waits for it handles it; until then a death must not end this process without the others being stopped.
    this.died.catch(() => {});
  }

  /**
   * Starts PostgreSQL, the verification service, the console and the jobs, each when what it needs is ready, and fills a first
   * start with demo users and records. Throws an Error whose message tells a person what to do; call `stop()` then too.
   */
  async start(): Promise<Keys> {
    const { plan } = this;
    const { settings, dataDir, logDir, mode } = plan;
    mkdirSync(logDir, { recursive: true });
    const mustBuild = mode === 'production' && needsBuild(root, distDir);
    requireSpace(dataDir, mustBuild ? FIRST_START_BYTES : START_BYTES);
    const runFile = await takeOver(dataDir);
    this.#onStop(RANK.folder, async () => runFile.release());
    await requireFreePort('PORT', settings.PORT, settings.BIND_ADDRESS);
    if (plan.embeddedEngine) await requireFreePort('ENGINE_PORT', settings.ENGINE_PORT, '127.0.0.1');
    const keys = keepKeys(plan);
    const databaseUrl = await this.#startDatabase();
    const env = childEnvironment(plan, keys, databaseUrl);
    const start: Start = (name, args, more = {}) => {
      if (this.#stopped) throw new Error('Stopped while starting.');
      const service = startService({ name, args, env: { ...env, ...more }, logDir });
      runFile.add(service.pid);
      this.#watch(service);
      return service;
    };
    const upstream = this.#startEngine(start, keys);
    // On a first start nobody should find the console half filled; later the two start side by side.
    const filled = plan.demo && plan.embeddedEngine && !existsSync(seededMark(dataDir)) ? upstream : undefined;
    const prepared = Promise.all([mustBuild && this.#build(), plan.demo && this.#addDemoUsers(keys), filled]);
    await Promise.all([upstream.then(() => this.#startJobs(start)), prepared.then(() => this.#startConsole(start))]);
    return keys;
  }

  /** Stops what was started, each before what it needs. Safe to call more than once and in the middle of a start. */
  stop(): Promise<void> {
    this.#stopped ??= (async () => {
      for (let next = this.#stops.pop(); next; next = this.#stops.pop()) await next.stop().catch((error) => console.error(String(error)));
    })();
    return this.#stopped;
  }

  #onStop(rank: number, stop: () => Promise<unknown>): void {
    this.#stops.push({ rank, stop });
    this.#stops.sort((one, other) => one.rank - other.rank);
  }

  get isStopping(): boolean {
    return this.#stopped !== undefined;
  }

  async #startDatabase(): Promise<string> {
    const { settings, dataDir } = this.plan;
    const url = settings.DATABASE_URL ?? (await step('PostgreSQL started', (progress) => this.#startPostgres(progress)));
    await step('Database up to date', () => migrate(url, join(root, 'prisma/migrations'), { schema: 'console' }));
    // The verbs of this process that write to the database read it from the settings.
    Object.assign(process.env, { DATABASE_URL: url, DATA_DIR: dataDir });
    return url;
  }

  async #startPostgres(progress: (state: string) => void): Promise<string> {
    const server = await startPostgres({ dataDir: this.plan.dataDir, onProgress: progress });
    const logFile = join(this.plan.logDir, 'postgres.log');
    let stopping = false;
    this.#onStop(RANK.database, () => {
      stopping = true;
      return server.stop();
    });
    server.child?.once('exit', (code, signal) => {
      if (!stopping)
        this.#reportDeath(new Error(`PostgreSQL ended unexpectedly (${signal ?? `code ${code}`}). ${logFile}:\n${tail(logFile, 5)}`));
    });
    return server.url;
  }

  async #build(): Promise<void> {
    let child: ChildProcess | undefined;
    this.#onStop(RANK.user, async () => {
      if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      process.kill(-child.pid, 'SIGKILL');
      await gone;
    });
    await step('Console built', () =>
      build(root, distDir, this.plan.logDir, (started) => {
        child = started;
      }),
    );
  }

  async #startEngine(start: Start, keys: Keys): Promise<void> {
    const { plan } = this;
    if (!plan.embeddedEngine) return;
    await step('Model weights in place', (progress) => fetchModels(plan.dataDir, progress));
    await step('Verification service started', async () => {
      const service = this.#startSource(start, ENGINE, 'lib/engine/main.ts');
      await untilReady(service, `${engineUrl(plan)}/health`, (status) => status === 200, 120);
    });
    if (plan.demo) await step('Demo records in place', (progress) => this.#seed(keys, progress));
  }

  // Nobody waits for them: what they have to tell they write where the console reads it.
  async #startJobs(start: Start): Promise<void> {
    await step('Jobs started', async () => void this.#startSource(start, 'jobs', 'lib/jobs/main.ts'));
  }

  #startSource(start: Start, name: string, file: string): Service {
    const development = this.plan.mode === 'development';
    const watch = development ? ['--watch', '--watch-preserve-output'] : [];
    const args = [...watch, '--import', createRequire(import.meta.url).resolve('tsx'), join(root, file)];
    return start(name, args, development ? { SECOND_LOOK_WATCHED: '1' } : {});
  }

  // In a process of its own: drawing takes a processor, and this one must stay free to stop the others.
  async #seed(keys: Keys, progress: (state: string) => void): Promise<void> {
    const args = ['--import', createRequire(import.meta.url).resolve('tsx'), join(root, 'lib/cli/seed.ts')];
    const env = { ...process.env, VERIFICATION_API_URL: engineUrl(this.plan), VERIFICATION_API_KEY: keys.engine };
    const logFile = join(this.plan.logDir, 'demo-records.log');
    const log = openLog(logFile);
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', log, log, 'ipc'], detached: true });
    closeSync(log);
    this.#onStop(RANK.user, async () => void child.kill('SIGKILL'));
    child.on('message', (state) => progress(String(state)));
    const [code, signal] = await once(child, 'exit');
    if (code !== 0) throw new Error(`The demo records could not be made (${signal ?? `code ${code}`}). ${logFile}:\n${tail(logFile, 15)}`);
    writeFileSync(seededMark(this.plan.dataDir), '');
  }

  async #addDemoUsers(keys: Keys): Promise<void> {
    await step('Demo users in place', async () => {
      const { ensureDemoUsers } = await import('@/lib/auth/demo-users');
      const { db } = await import('@/lib/db/client');
      const { ensureDemoViews } = await import('./demo/views');
      await ensureDemoUsers(keys.demoPassword);
      await ensureDemoViews('manager@example.test');
      await db().$disconnect();
    });
  }

  async #startConsole(start: Start): Promise<void> {
    const { settings, mode } = this.plan;
    await step('Console started', async () => {
      const args = [mode === 'production' ? 'start' : 'dev', '-p', String(settings.PORT), '-H', settings.BIND_ADDRESS];
      const service = start('console', [nextCommand(), ...args]);
      const host = settings.BIND_ADDRESS === '0.0.0.0' ? '127.0.0.1' : settings.BIND_ADDRESS;
      // 503 says that it runs but misses something. A verification API elsewhere may be away: what is known here can still be read.
      const answers = (status: number) => status === 200 || (status === 503 && !this.plan.embeddedEngine);
      await untilReady(service, `http://${host}:${settings.PORT}/api/health`, answers, 120);
    });
  }

  #watch(service: Service): void {
    this.#onStop(service.name === ENGINE ? RANK.service : RANK.user, () => service.stop());
    void service.died.then((error) => this.#reportDeath(error));
  }
}

/** Exists once the demo records were all there; only the order of a start depends on it. */
function seededMark(dataDir: string): string {
  return join(dataDir, 'demo-records-sent');
}
