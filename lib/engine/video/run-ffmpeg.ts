import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { UnreadableMedia } from '../image/unreadable-media';

/** How ffmpeg is run: which one, how long, and who is told of the child, so that it can be ended from outside this thread. */
export interface Ffmpeg {
  program: string;
  /** When all runs for one video must be over, by the clock of `performance.now()`. */
  until: number;
  /** Told of the child's process id when it starts and when it is gone. */
  watch(pid: number, running: boolean): void;
}

export interface Output {
  /** Whether it ended with code 0. */
  ok: boolean;
  stdout: Buffer;
  /** What it printed, up to LOG_LIMIT characters. */
  log: string;
}

/** Wall-clock time reading one video may take. */
export const TIME_LIMIT_MS = 20_000;
/** Processor time of one run, kept by ffmpeg itself: it holds even when nobody is left to end the child. */
const CPU_LIMIT_S = 60;
const LOG_LIMIT = 200_000;

const QUIET = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'info', '-timelimit', String(CPU_LIMIT_S)];

/**
 * Runs ffmpeg as a child without a shell, with an empty environment and nothing on its standard input.
 * Throws UnreadableMedia when it takes too long or writes more than `outputLimit` bytes; an Error when it cannot be started.
 */
export function runFfmpeg({ program, until, watch }: Ffmpeg, args: readonly string[], outputLimit: number): Promise<Output> {
  const child = spawn(program, [...QUIET, ...args], {
    // Nothing of this process's environment: there are secrets in it.
    env: { AV_LOG_FORCE_NOCOLOR: '1', NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: false,
    windowsHide: true,
  });
  const { pid } = child;
  if (pid !== undefined) watch(pid, true);
  const chunks: Buffer[] = [];
  let size = 0;
  let log = '';
  let refusal: UnreadableMedia | null = null;
  const stop = (reason: string) => {
    refusal ??= new UnreadableMedia(reason);
    child.kill('SIGKILL');
  };
  const timer = setTimeout(
    () => stop(`The video takes longer than ${TIME_LIMIT_MS / 1000} seconds to read.`),
    Math.max(0, until - performance.now()),
  );
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > outputLimit) return stop('The video unpacks to more than can be looked at.');
    chunks.push(chunk);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (log.length < LOG_LIMIT) log += text.slice(0, LOG_LIMIT - log.length);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      if (pid !== undefined) watch(pid, false);
      if (refusal !== null) reject(refusal);
      else resolve({ ok: code === 0, stdout: Buffer.concat(chunks), log });
    });
  });
}
