import { type ChildProcess, fork } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { Refusal } from '@/lib/domain/refusal';
import type { Archive, Follower } from './write-archive';
import { type Report, type Request, report, type Work } from './writer/message';

const ENTRY = 'lib/export/writer/boot.mjs';
/**
 * How long it waits for the next export: starting one takes longer than anybody should wait for a first byte. While the code is being
 * changed it does not wait, so that the changes count.
 */
const IDLE_MS = process.env.NODE_ENV === 'development' ? 0 : 5 * 60_000;
/** It tells twice a second how far it is: one that is silent for so long is stuck, and would keep all that come after waiting. */
const SILENT_MS = 60_000;
/** MB. Of what it makes next to nothing lasts: a small nursery holds the growth, one smaller still costs a sixth of the speed of a table. */
const NURSERY = '--max-semi-space-size=8';

/** The process that wrote an export ended, for a reason of its own or the system's. */
export class WriterLost extends Error {
  override readonly name = 'WriterLost';
}

interface Writing {
  onProgress: Follower['onProgress'];
  resolve(archive: Archive): void;
  reject(fault: Error): void;
  /** The process ended. */
  lose(why: string): void;
}

interface Writer {
  child: ChildProcess;
  writings: Map<string, Writing>;
  timer: NodeJS.Timeout | null;
}

// A reload of the development server loads this module again, and one process is enough.
const kept: { secondLookExportWriter?: Writer } & typeof globalThis = globalThis;

/**
 * Has an extract written by the process for that, which is started where there is none; one of them writes as many at once as are
 * asked for. Rejects with the signal's reason, with WriterLost, with the Refusal it was refused with there, or with an Error that has the trace and the code of what went wrong
 * there.
 */
export async function writeApart(work: Work, { signal, onProgress }: Follower): Promise<Archive> {
  signal.throwIfAborted();
  const writer = theWriter();
  const stop = () => ask(writer, { do: 'stop', id: work.id });
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      const lose = (why: string) => reject(new WriterLost(why));
      writer.writings.set(work.id, { onProgress, resolve, reject, lose });
      ask(writer, work);
      keep(writer);
    });
  } catch (fault) {
    signal.throwIfAborted();
    throw fault;
  } finally {
    signal.removeEventListener('abort', stop);
    writer.writings.delete(work.id);
    keep(writer);
  }
}

function theWriter(): Writer {
  const there = kept.secondLookExportWriter;
  if (there && isThere(there.child)) return there;
  const writer = startWriter();
  kept.secondLookExportWriter = writer;
  return writer;
}

function isThere({ connected, exitCode, signalCode }: ChildProcess): boolean {
  return connected && exitCode === null && signalCode === null;
}

function startWriter(): Writer {
  // Memory that threads set aside each for itself is of no use to a process that has one that works.
  const env = { ...process.env, MALLOC_ARENA_MAX: '2' };
  // A path that stands here as it is Next's bundler takes for a module of its own, and fails (vercel/next.js#97952).
  const entry = realpathSync(resolve(ENTRY));
  const child = fork(entry, { env, execArgv: [NURSERY], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const writer: Writer = { child, writings: new Map(), timer: null };
  child.on('message', (message) => {
    const told = report.safeParse(message);
    if (told.success) hear(writer, told.data);
    else child.kill('SIGKILL');
  });
  child.on('error', (fault) => lose(writer, `The process that writes exports failed: ${fault.message}`));
  child.on('exit', (code, signal) => lose(writer, `The process that writes exports ended (${signal ?? `code ${code}`}).`));
  return writer;
}

function ask({ child }: Writer, asked: Request): void {
  // What cannot be sent has no receiver any more, and that is told by its end.
  child.send(asked, () => undefined);
}

function hear(writer: Writer, told: Report): void {
  const { writings } = writer;
  keep(writer);
  const writing = writings.get(told.id);
  if (told.told === 'progress') writing?.onProgress({ rows: told.rows, bytes: told.bytes });
  else if (told.told === 'written') writing?.resolve({ rows: told.rows, bytes: told.bytes, manifestSha256: told.manifestSha256 });
  else if (told.refusal !== null) writing?.reject(new Refusal('conflict', told.refusal));
  else writing?.reject(Object.assign(new Error(told.trace), told.code === null ? {} : { code: told.code }));
}

function lose({ writings }: Writer, why: string): void {
  for (const writing of writings.values()) writing.lose(why);
}

// This process waits for it to write, and ends without waiting for it to be idle.
function keep(writer: Writer): void {
  const { child, writings } = writer;
  if (writer.timer !== null) clearTimeout(writer.timer);
  if (writings.size > 0) {
    writer.timer = setTimeout(() => child.kill('SIGKILL'), SILENT_MS);
    child.ref();
    child.channel?.ref();
    return;
  }
  child.unref();
  child.channel?.unref();
  writer.timer = setTimeout(() => child.connected && child.disconnect(), IDLE_MS).unref();
}
