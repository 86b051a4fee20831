import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { findBinaries, type PostgresBinaries } from './postgres-binaries';
import { chooseIdentity, endWithParent, type Identity } from './postgres-identity';
import { forgetRecycledPostmaster, isAlive, runningPostmaster } from './postmaster';
import { keepSecret } from './secrets';

const ADMIN = 'postgres';
const NAME = 'second_look';

export type PostgresOptions = {
  /** Folder that keeps `postgres/`, `secrets.json` and `logs/`. */
  dataDir: string;
  onProgress?: (sentence: string) => void;
  /** Server settings beyond the defaults, for example `{ fsync: 'off' }` for tests. */
  settings?: Record<string, string>;
};

export type RunningPostgres = {
  /** Connection string of the role and database `second_look`; holds the password. */
  url: string;
  pid: number;
  port: number;
  /** Whether it ran before and was not started by this call. */
  reused: boolean;
  /** The child process, when this call started it: its `exit` event tells an unexpected end. */
  child?: ChildProcess;
  /** Shuts the server down, waiting for open statements to be rolled back; also a reused one. */
  stop(): Promise<void>;
};

/**
 * Starts the embedded PostgreSQL on `<dataDir>/postgres`, or joins the one that runs there: loopback only, no socket file,
 * SCRAM passwords from `<dataDir>/secrets.json`, with a role and database `second_look`.
 * A killed server's folder is recovered by PostgreSQL itself. Throws an Error with one sentence on what is wrong.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const dataDir = resolve(options.dataDir);
  const say = options.onProgress ?? (() => {});
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  const folder = join(dataDir, 'postgres');
  const running = runningPostmaster(folder);
  if (running) {
    await answers(dataDir, running.port, () => !isAlive(running.pid) && 'it ended');
    return describe(dataDir, running.pid, running.port);
  }
  const binaries = findBinaries(dataDir);
  if (!existsSync(join(folder, 'PG_VERSION'))) {
    say('creating the database');
    initialise(dataDir, folder, binaries);
  }
  const { child, pid, port } = await launchPatiently(dataDir, folder, binaries, options.settings ?? {});
  return describe(dataDir, pid, port, child);
}

async function describe(dataDir: string, pid: number, port: number, child?: ChildProcess): Promise<RunningPostgres> {
  await ensureDatabase(dataDir, port);
  const url = address(NAME, keepSecret(dataDir, 'databasePassword'), port, NAME);
  return { url, pid, port, reused: !child, child, stop: () => stop(pid, child) };
}

// Built beside and renamed: a kill in the middle leaves nothing that looks like a finished database.
function initialise(dataDir: string, folder: string, binaries: PostgresBinaries): void {
  const draft = `${folder}.new`;
  const passwordFile = join(dataDir, 'postgres.password');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  try {
    const identity = chooseIdentity(draft, [binaries.initdb]);
    writeFileSync(passwordFile, `${adminPassword(dataDir)}\n`, { mode: 0o600 });
    if (identity.owner) chownSync(passwordFile, identity.owner.uid, identity.owner.gid);
    const encoding = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const [program, args, settings] = invocation(identity, binaries, binaries.initdb, [
      ...['-D', draft, '-U', ADMIN, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
      ...encoding,
    ]);
    const done = spawnSync(program, args, { ...settings, encoding: 'utf8' });
    if (done.status !== 0) {
      throw new Error(`PostgreSQL could not create its database in ${folder}: ${lastSentence(done.error?.message ?? done.stderr)}`);
    }
    renameSync(draft, folder);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

type Launched = { child: ChildProcess; pid: number; port: number };

// The sessions of a killed server notice its death a moment later, and until then PostgreSQL rightly refuses to start a second one.
async function launchPatiently(...args: Parameters<typeof launch>): Promise<Launched> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launch(...args);
    } catch (error) {
      if (attempt === 20 || !(error instanceof Error && error.message.includes('pre-existing shared memory block'))) throw error;
      await wait(500);
    }
  }
}

async function launch(dataDir: string, folder: string, binaries: PostgresBinaries, extra: Record<string, string>): Promise<Launched> {
  forgetRecycledPostmaster(folder);
  const port = await choosePort(join(dataDir, 'postgres.port'));
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...extra,
  };
  const args = ['-D', folder, '-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const [program, rest, spawnOptions] = invocation(
    chooseIdentity(folder, [binaries.postgres]),
    binaries,
    binaries.postgres,
    args,
    endWithParent(),
  );
  const logFile = join(dataDir, 'logs', 'postgres.log');
  const log = openSync(logFile, 'a');
  // Detached, so that Ctrl-C in the terminal reaches it only through stop(), after the processes that use it.
  const child = spawn(program, rest, { ...spawnOptions, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  await answers(dataDir, port, () => {
    if (failure) return failure.message;
    return (child.exitCode !== null || child.signalCode !== null) && lastSentence(readFileSync(logFile, 'utf8'));
  });
  child.unref();
  const { pid } = child;
  if (pid === undefined) throw new Error('PostgreSQL did not start.');
  return { child, pid, port };
}

function invocation(
  identity: Identity,
  binaries: PostgresBinaries,
  program: string,
  args: string[],
  wrapper: string[] = [],
): [string, string[], { env: NodeJS.ProcessEnv; uid?: number; gid?: number; cwd: string }] {
  const [first = program, ...rest] = [...identity.prefix, ...wrapper, program, ...args];
  const own: NodeJS.ProcessEnv = { ...process.env, ...binaries.variables };
  // Variables such as PGPORT or PGDATA of the caller's shell must not reach this server.
  for (const name of Object.keys(own)) if (/^(PG|LC_)/.test(name)) delete own[name];
  return [first, rest, { env: own, cwd: '/', ...identity.owner }];
}

/** Waits until the server lets its administrator in; recovery after a kill may take a while, so only its end is a failure. */
async function answers(dataDir: string, port: number, ended: () => string | false): Promise<void> {
  for (;;) {
    const why = ended();
    if (why !== false) throw new Error(`PostgreSQL did not start: ${why} (${join(dataDir, 'logs', 'postgres.log')}).`);
    const client = new Client({ connectionString: address(ADMIN, adminPassword(dataDir), port, 'postgres') });
    // A connection cut while the server is still recovering must not end this process.
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === '28P01') {
        throw new Error(`${join(dataDir, 'secrets.json')} does not hold the password of the database beside it; put its last copy back.`);
      }
      await client.end().catch(() => {});
      await wait(25);
    }
  }
}

async function ensureDatabase(dataDir: string, port: number): Promise<void> {
  const password = keepSecret(dataDir, 'databasePassword');
  const client = new Client({ connectionString: address(ADMIN, adminPassword(dataDir), port, 'postgres') });
  await client.connect();
  try {
    // No superuser: a superuser could switch triggers off for its session, those that protect the audit log too.
    const role = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [NAME]);
    if (role.rowCount === 0) await client.query(`CREATE ROLE ${NAME} LOGIN CREATEDB PASSWORD ${client.escapeLiteral(password)}`);
    const database = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [NAME]);
    if (database.rowCount === 0) await client.query(`CREATE DATABASE ${NAME} OWNER ${NAME}`);
  } finally {
    await client.end();
  }
}

async function stop(pid: number, child?: ChildProcess): Promise<void> {
  if (!isAlive(pid)) return;
  const gone = child ? once(child, 'exit').then(() => true) : ended(pid);
  child?.ref();
  process.kill(pid, 'SIGINT');
  const stopped = await Promise.race([gone, wait(10_000, false, { ref: false })]);
  if (stopped) return;
  process.kill(pid, 'SIGQUIT');
  await gone;
}

async function ended(pid: number): Promise<true> {
  while (isAlive(pid)) await wait(25);
  return true;
}

async function choosePort(memory: string): Promise<number> {
  const before = existsSync(memory) ? Number(readFileSync(memory, 'utf8')) : 0;
  const port = Number.isInteger(before) && before > 0 && (await isFree(before)) ? before : await anyFreePort();
  writeFileSync(memory, `${port}\n`);
  return port;
}

async function isFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== undefined;
}

async function anyFreePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port === undefined) throw new Error('No free port was found on 127.0.0.1 for PostgreSQL.');
  return port;
}

async function listenOnce(port: number): Promise<number | undefined> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch {
    return undefined;
  }
  const bound = server.address();
  server.close();
  await once(server, 'close');
  return bound !== null && typeof bound === 'object' ? bound.port : undefined;
}

function adminPassword(dataDir: string): string {
  return keepSecret(dataDir, 'databaseAdminPassword');
}

function address(role: string, password: string, port: number, database: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
}

function lastSentence(text: string): string {
  const lines = text.trim().split('\n').filter(Boolean);
  const fatal = lines.findLast((line) => /FATAL|PANIC|ERROR|error:/.test(line)) ?? lines.at(-1) ?? 'it gave no reason';
  return fatal.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '').replace(/\.$/, '');
}
