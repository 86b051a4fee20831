import { DEFUSED } from './csv';

const BYTES = 512 * 1024;
const SPARE_BYTES = 32 * 1024;
/** The first piece goes out early, so that whoever waits sees it begin. */
const FIRST_BYTES = 4 * 1024;

const [QUOTE, APOSTROPHE, BACKSLASH, SPACE, ZERO] = [0x22, 0x27, 0x5c, 0x20, 0x30];
const HEX = Buffer.from('0123456789abcdef');
const DAY_MS = 86_400_000;
/** The server counts microseconds from 2000 on. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const DEFUSED_BYTES = DEFUSED.map((code) => Buffer.from(String.fromCodePoint(code)));

/**
 * Collects lines in one buffer that is used again and again. What comes from the server is taken as bytes and stays bytes: a million
 * rows as strings would cost more than all the rest, and leave a gigabyte to be collected.
 */
export class LineBuffer {
  #buffer = Buffer.allocUnsafe(BYTES);
  #used = 0;
  #enough = FIRST_BYTES;
  #day = Number.NaN;
  #dayText = Buffer.alloc(0);

  /** Whether there is enough to be written. */
  isFull(): boolean {
    return this.#used >= this.#enough;
  }

  /** What was collected, good until more is; null when there is nothing. */
  take(): Buffer | null {
    if (this.#used === 0) return null;
    this.#enough = BYTES - SPARE_BYTES;
    const piece = this.#buffer.subarray(0, this.#used);
    this.#used = 0;
    return piece;
  }

  text(text: string): void {
    this.#room(text.length * 3);
    this.#used += this.#buffer.write(text, this.#used);
  }

  /** A part of `from` as it is; short, or a copy of memory would be faster. */
  bytes(from: Uint8Array, start = 0, end = from.length): void {
    this.#room(end - start);
    let used = this.#used;
    for (let at = start; at < end; at += 1) this.#buffer[used++] = from[at] ?? 0;
    this.#used = used;
  }

  /** A part of `from` in hex. */
  hex(from: Uint8Array, start: number, end: number): void {
    this.#room((end - start) * 2);
    let used = this.#used;
    for (let at = start; at < end; at += 1) {
      const byte = from[at] ?? 0;
      this.#buffer[used++] = HEX[byte >> 4] ?? 0;
      this.#buffer[used++] = HEX[byte & 15] ?? 0;
    }
    this.#used = used;
  }

  /** A part of `from`, UTF-8, as a string of JSON, as JSON.stringify writes it. */
  json(from: Buffer, start: number, end: number): void {
    this.#room((end - start) * 2 + 2);
    const buffer = this.#buffer;
    let used = this.#used;
    buffer[used++] = QUOTE;
    for (let at = start; at < end; at += 1) {
      const byte = from[at] ?? 0;
      if (byte < SPACE) {
        this.text(JSON.stringify(from.toString('utf8', start, end)));
        return;
      }
      if (byte === QUOTE || byte === BACKSLASH) buffer[used++] = BACKSLASH;
      buffer[used++] = byte;
    }
    buffer[used++] = QUOTE;
    this.#used = used;
  }

  /** A part of `from`, UTF-8, as a cell of CSV, as `csvText` writes it. */
  cell(from: Buffer, start: number, end: number): void {
    this.#room((end - start) * 2 + 3);
    const buffer = this.#buffer;
    let used = this.#used;
    buffer[used++] = QUOTE;
    if (isDefused(from, start, end)) buffer[used++] = APOSTROPHE;
    for (let at = start; at < end; at += 1) {
      const byte = from[at] ?? 0;
      if (byte === QUOTE) buffer[used++] = QUOTE;
      buffer[used++] = byte;
    }
    buffer[used++] = QUOTE;
    this.#used = used;
  }

  /** The whole number of eight bytes, which is not negative. */
  whole(from: Buffer, at: number): void {
    this.#digits(eightBytes(from, at), 1);
  }

  /** The moment of eight bytes as the chain's format writes it: 2026-01-31T12:00:00.000Z. */
  moment(from: Buffer, at: number): void {
    const ms = EPOCH_MS + Math.round(eightBytes(from, at) / 1000);
    const day = Math.floor(ms / DAY_MS);
    if (day !== this.#day) {
      this.#day = day;
      this.#dayText = Buffer.from(new Date(day * DAY_MS).toISOString().slice(0, -'00:00:00.000Z'.length));
    }
    this.bytes(this.#dayText);
    const rest = ms - day * DAY_MS;
    this.#digits(Math.floor(rest / 3_600_000), 2);
    this.#sign(0x3a);
    this.#digits(Math.floor(rest / 60_000) % 60, 2);
    this.#sign(0x3a);
    this.#digits(Math.floor(rest / 1000) % 60, 2);
    this.#sign(0x2e);
    this.#digits(rest % 1000, 3);
    this.#sign(0x5a);
  }

  #digits(number: number, least: number): void {
    let length = least;
    for (let bound = 10 ** least; number >= bound; bound *= 10) length += 1;
    this.#room(length);
    let left = number;
    for (let at = this.#used + length - 1; at >= this.#used; at -= 1) {
      const digit = left % 10;
      this.#buffer[at] = ZERO + digit;
      left = (left - digit) / 10;
    }
    this.#used += length;
  }

  #sign(byte: number): void {
    this.#room(1);
    this.#buffer[this.#used++] = byte;
  }

  #room(bytes: number): void {
    if (this.#used + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#used + bytes));
    this.#buffer.copy(larger, 0, 0, this.#used);
    this.#buffer = larger;
  }
}

function eightBytes(from: Buffer, at: number): number {
  return from.readInt32BE(at) * 2 ** 32 + from.readUInt32BE(at + 4);
}

function isDefused(from: Buffer, start: number, end: number): boolean {
  const first = from[start] ?? 0;
  for (const sign of DEFUSED_BYTES)
    if (sign[0] === first && end - start >= sign.length && sign.every((byte, index) => from[start + index] === byte)) return true;
  return false;
}
