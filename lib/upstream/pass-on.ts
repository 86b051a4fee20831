/** Who watches bytes on their way. Each call but `chunk` comes at most once, and only one of the last three. */
export interface Passing {
  chunk(bytes: Uint8Array): void;
  /** All bytes have passed; a throw breaks the stream, so that its reader never takes them for whole. */
  whole(): Promise<void>;
  /** The sender broke off. */
  broken(failure: unknown): Promise<void>;
  /** The reader gave up: a player that has seen enough. */
  left(): void;
}

/**
 * A file's bytes as a web stream that reads no faster than its reader, watched by `passing`. `stop` ends the source of a reader who gave
 * up.
 */
export function passOn(chunks: AsyncIterator<Uint8Array>, passing: Passing | null, stop: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const chunk = await chunks.next().catch(async (failure: unknown) => {
        await passing?.broken(failure);
        throw failure;
      });
      if (!chunk.done) {
        passing?.chunk(chunk.value);
        controller.enqueue(chunk.value);
        return;
      }
      await passing?.whole();
      controller.close();
    },
    cancel() {
      stop();
      passing?.left();
    },
  });
}
