const BYTES = 256 * 1024;
/** The first piece goes out early, so that whoever waits sees it begin. */
const FIRST_BYTES = 4 * 1024;

/** Collects text and bytes into pieces of a size worth writing. `take` answers a piece once there is enough, or `all` of it. */
export function lineBuffer() {
  let buffer = Buffer.allocUnsafe(BYTES);
  let used = 0;
  let enough = FIRST_BYTES;
  const room = (bytes: number) => {
    if (used + bytes <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, used + bytes));
    buffer.copy(larger, 0, 0, used);
    buffer = larger;
  };
  return {
    bytes(piece: Buffer): void {
      room(piece.length);
      used += piece.copy(buffer, used);
    },
    text(piece: string): void {
      room(piece.length * 3);
      used += buffer.write(piece, used);
    },
    take(all = false): Buffer | null {
      if (used === 0 || (!all && used < enough)) return null;
      enough = BYTES - 32 * 1024;
      const piece = buffer.subarray(0, used);
      used = 0;
      return piece;
    },
  };
}
