import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const GUARD = fileURLToPath(new URL('end-with-parent.mjs', import.meta.url));
const LOG_BYTES = 10_000_000;
const PATIENCE_MS = 8000;

/** A Node process of ours that runs until it is stopped. */
export type Service = {
  name: string;
  pid: number;
  /** Resolves when it ended by itself, with what to tell: how, and its last log lines. Never when it was stopped. */
  died: Promise<Error>;
  /** Asks it to end, and makes it after 8 seconds. */
  stop(): Promise<void>;
};

export type ServiceOptions = {
  name: string;
  /** Arguments of Node. */
  args: string[];
  env: NodeJS.ProcessEnv;
  logDir: string;
};

/**
 * Starts a Node process with its output in `<logDir>/<name>.log`. It ends with this one, even when this one is killed, and
 * Ctrl-C in the terminal does not reach it, so that the processes can be stopped in order.
 */
export function startService({ name, args, env, logDir }: ServiceOptions): Service {
  const logFile = join(logDir, `${name}.log`);
  const log = openLog(logFile);
  const child = spawn(process.execPath, ['--import', GUARD, ...args], {
    env: { ...env, SECOND_LOOK_PARENT: String(process.pid) },
    detached: true,
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  child.stdin?.on('error', () => {});
  let stopping = false;
  const ended = once(child, 'exit');
  const died = new Promise<Error>((resolve) => {
    child.once('exit', (code, signal) => {
      if (!stopping) resolve(new Error(`The ${name} ended unexpectedly (${signal ?? `code ${code}`}). ${logFile}:\n${tail(logFile, 15)}`));
    });
    child.once('error', (error) => resolve(new Error(`The ${name} could not be started: ${error.message}.`)));
  });
  return {
    name,
    pid: child.pid ?? 0,
    died,
    stop: async () => {
      stopping = true;
      await stop(child, ended);
    },
  };
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => child.pid && signalGroup(child.pid, 'SIGKILL'), PATIENCE_MS);
  await ended;
  clearTimeout(timer);
}

// The whole group: the development server and the watch mode of Node work through processes of their own.
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // It ended in between.
  }
}

/** The last lines of a log. */
export function tail(file: string, lines: number): string {
  if (!existsSync(file)) return '';
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

/** Opens a log for appending; one that grew large is kept once, as `<file>.1`. */
export function openLog(file: string): number {
  if (existsSync(file) && statSync(file).size > LOG_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a');
}
