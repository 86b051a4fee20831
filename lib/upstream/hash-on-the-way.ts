import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

/** Called once all bytes have passed, before the end is told; `sha256` is hex, `size` in bytes. */
export type WhenWhole = (sha256: string, size: number) => Promise<void>;

/**
 * A file's bytes as a web stream that reads no faster than its reader. With `whenWhole` they are hashed on the way; a
 * stream that breaks or is given up never calls it.
 */
export function hashOnTheWay(body: Readable, whenWhole: WhenWhole | null): ReadableStream<Uint8Array> {
  const hash = whenWhole ? createHash('sha256') : null;
  const chunks: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]();
  let size = 0;
  return new ReadableStream({
    async pull(controller) {
      const chunk = await chunks.next();
      if (!chunk.done) {
        size += chunk.value.byteLength;
        hash?.update(chunk.value);
        controller.enqueue(chunk.value);
        return;
      }
      if (hash && whenWhole) await whenWhole(hash.digest('hex'), size);
      controller.close();
    },
    cancel() {
      body.destroy();
    },
  });
}
