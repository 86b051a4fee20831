import { spawn } from 'node:child_process';

/** What a run printed and wrote. */
export interface Printed {
  stdout: Buffer;
  log: string;
}

/** A run that was ended before it was done. */
export class RunEnded extends Error {}

const CPU_LIMIT_S = 30;
const LOG_LIMIT = 200_000;
const QUIET = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'info', '-timelimit', String(CPU_LIMIT_S)];

/**
 * Runs ffmpeg without a shell and resolves to its output. It is killed when `signal` is aborted or it writes more than `outputLimit`
 * bytes, and then this rejects with `RunEnded`; with an Error when the program cannot be started.
 */
export function runBriefly(
  program: string,
  args: readonly string[],
  { signal, outputLimit }: { signal: AbortSignal; outputLimit: number },
): Promise<Printed> {
  signal.throwIfAborted();
  const child = spawn(program, [...QUIET, ...args], {
    // Nothing of this process's environment: there are secrets in it.
    env: { AV_LOG_FORCE_NOCOLOR: '1', NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: false,
    windowsHide: true,
  });
  const chunks: Buffer[] = [];
  let [size, log, isEnded] = [0, '', false];
  const end = () => {
    isEnded = true;
    child.kill('SIGKILL');
  };
  signal.addEventListener('abort', end, { once: true });
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > outputLimit) return end();
    chunks.push(chunk);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (log.length < LOG_LIMIT) log += text.slice(0, LOG_LIMIT - log.length);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => {
      signal.removeEventListener('abort', end);
      if (isEnded) reject(new RunEnded('The run was ended before it was done.'));
      else resolve({ stdout: Buffer.concat(chunks), log });
    });
  });
}
