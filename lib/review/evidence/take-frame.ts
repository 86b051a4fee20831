import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileKind, KIND_BYTES, KIND_FACTS } from '@/lib/domain/file-kind';
import { Refusal } from '@/lib/domain/refusal';
import { env } from '@/lib/env';
import { type Container, type ExtractedFrame, extractFrame, NoFrame } from '@/lib/ffmpeg/extract-frame';
import { findFfmpeg } from '@/lib/ffmpeg/find-ffmpeg';
import { RunEnded } from '@/lib/ffmpeg/run-briefly';

const BYTES_MAX = 200_000_000;
/** All that one frame may take, its file included. */
export const FRAME_PATIENCE_MS = 45_000;
/** What a process that was killed left behind. */
const LEFT_BEHIND_MS = 10 * 60_000;

/**
 * Takes one frame of a clip whose bytes come as `chunks`. The file lies under DATA_DIR/frames while that lasts, readable by this
 * program's user alone. Throws a Refusal `unprocessable` with a sentence when there is no such frame, `too-large`, or
 * `unsupported-type` for what is no clip and where there is no ffmpeg; whatever is going on ends when `signal` is aborted.
 */
export async function takeFrame(chunks: AsyncIterable<Uint8Array>, atMs: number, signal: AbortSignal): Promise<ExtractedFrame> {
  const program = await findFfmpeg(env().FFMPEG_PATH);
  if (program === null)
    throw new Refusal('unsupported-type', 'This console has no ffmpeg, so it can take no frame of the clip. Download the clip to see it.');
  const file = await newFile();
  try {
    const container = await keep(chunks, file, signal);
    return await extractFrame(program, { file, container, atMs }, signal);
  } catch (failure) {
    if (failure instanceof NoFrame) throw new Refusal('unprocessable', failure.message, { details: { clip: failure.facts } });
    signal.throwIfAborted();
    if (failure instanceof RunEnded) throw new Refusal('unprocessable', 'The clip unpacks to more than can be looked at.');
    throw failure;
  } finally {
    await rm(file, { force: true });
  }
}

async function keep(chunks: AsyncIterable<Uint8Array>, file: string, signal: AbortSignal): Promise<Container> {
  const handle = await open(file, 'wx', 0o600);
  const head = Buffer.alloc(KIND_BYTES);
  let size = 0;
  try {
    for await (const chunk of until(signal, chunks)) {
      if (size < KIND_BYTES) head.set(chunk.subarray(0, KIND_BYTES - size), size);
      size += chunk.byteLength;
      if (size > BYTES_MAX)
        throw new Refusal('too-large', `The clip is larger than ${BYTES_MAX / 1e6} MB, so no frame of it is taken here.`);
      await handle.write(chunk);
    }
  } finally {
    await handle.close();
  }
  const kind = fileKind(head.subarray(0, Math.min(size, KIND_BYTES)));
  if (kind === 'mp4' || kind === 'mov' || kind === 'webm') return kind;
  throw new Refusal('unsupported-type', `The file is ${KIND_FACTS[kind].words}, not a clip.`);
}

/** The same chunks until `signal` is aborted: a sender that drips or stalls is not waited for. */
async function* until(signal: AbortSignal, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  let end = () => {};
  const aborted = new Promise<never>((_, reject) => {
    end = () => reject(signal.reason);
  });
  aborted.catch(() => undefined);
  signal.addEventListener('abort', end, { once: true });
  try {
    for (;;) {
      signal.throwIfAborted();
      const { value, done } = await Promise.race([iterator.next(), aborted]);
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', end);
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

async function newFile(): Promise<string> {
  const folder = path.resolve(env().DATA_DIR, 'frames');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    const lies = await stat(path.join(folder, name)).catch(() => null);
    if (lies && Date.now() - lies.mtimeMs > LEFT_BEHIND_MS) await rm(path.join(folder, name), { force: true });
  }
  return path.join(folder, randomUUID());
}
