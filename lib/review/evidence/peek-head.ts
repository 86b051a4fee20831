import type { Readable } from 'node:stream';

/** The first bytes of a stream, and all of it from the beginning. */
export interface Peeked {
  /** At least as many as were wanted, or all there are. */
  head: Uint8Array;
  chunks: AsyncIterator<Uint8Array>;
}

/** Reads ahead until `wanted` bytes are there, and gives the stream back whole. Throws what the stream throws. */
export async function peekHead(body: Readable | null, wanted: number): Promise<Peeked> {
  const source: AsyncIterator<Uint8Array> = (body ?? emptyStream())[Symbol.asyncIterator]();
  const ahead: Uint8Array[] = [];
  let size = 0;
  while (size < wanted) {
    const chunk = await source.next();
    if (chunk.done) break;
    ahead.push(chunk.value);
    size += chunk.value.byteLength;
  }
  const head = Buffer.concat(ahead);
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    const value = ahead.shift();
    return value ? { done: false, value } : source.next();
  };
  return { head, chunks: { next } };
}

async function* emptyStream(): AsyncGenerator<Uint8Array> {}
