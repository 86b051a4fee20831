import type { Client, Connection, Submittable } from 'pg';

/** Where the columns of a row lie within `bytes`. Good until whoever got it returns. */
export class CopiedRow {
  bytes = Buffer.alloc(0);
  readonly fields: Int32Array;

  constructor(columns: number) {
    this.fields = new Int32Array(columns * 2);
  }

  start(column: number): number {
    return this.fields[column * 2] ?? -1;
  }

  end(column: number): number {
    return this.fields[column * 2 + 1] ?? -1;
  }

  isNull(column: number): boolean {
    return this.start(column) < 0;
  }
}

/** Where rows of a copy go, one call each. */
export interface RowSink {
  row(row: CopiedRow): void;
  /** Whether there is enough to be taken away before more comes. */
  isFull(): boolean;
}

/**
 * Runs `COPY (query) TO STDOUT` and hands its rows of `columns` columns, in the binary form each type sends itself in, to the sink.
 * Yields how many came since, whenever the sink is full, and once at the end; nothing is read from the server until the next is asked
 * for. Throws what the server says, or that the connection broke. A loop that is left early leaves the connection unusable.
 */
export async function* copyOut(client: Client, query: string, columns: number, sink: RowSink): AsyncGenerator<number> {
  const copy = client.query(new Copy(`COPY (${query}) TO STDOUT (FORMAT binary)`, columns, sink));
  for (;;) {
    await copy.moment();
    const rows = copy.taken();
    yield rows;
    if (copy.isOver) return;
    copy.goOn();
  }
}

const CODE = { data: 0x64, begins: 0x48, notice: 0x4e, parameter: 0x53, notification: 0x41 };
const FRAME_BYTES = 5;
/** Signature, flags and the length of an extension that no server writes. */
const HEADER_BYTES = 19;
const FIRST_BYTES = 256 * 1024;

/**
 * One copy, as the driver's connection carries it out. It takes the bytes off the connection itself: of a row the driver and the stream
 * on top of it would make some ten objects and three copies, which is more work than the server's own with it.
 */
class Copy implements Submittable {
  isOver = false;
  readonly #text: string;
  readonly #sink: RowSink;
  readonly #row: CopiedRow;
  #connection: Connection | null = null;
  #driver: ((bytes: Buffer) => void) | null = null;
  #buffer = Buffer.allocUnsafe(FIRST_BYTES);
  #used = 0;
  #begun = false;
  #rows = 0;
  #fault: Error | null = null;
  #wake: (() => void) | null = null;
  #isPaused = false;

  constructor(text: string, columns: number, sink: RowSink) {
    this.#text = text;
    this.#sink = sink;
    this.#row = new CopiedRow(columns);
  }

  submit(connection: Connection): void {
    this.#connection = connection;
    const { stream } = connection;
    const [driver] = stream.listeners('data');
    if (!isListener(driver)) throw new Error('The connection has no reader.');
    this.#driver = driver;
    stream.removeListener('data', driver);
    for (const event of ['bytes', 'data']) stream.on(event, this.#receive);
    connection.query(this.#text);
  }

  /** Resolves when the sink is full, or it is over; rejects when it failed. */
  async moment(): Promise<void> {
    if (!this.isOver && !this.#fault && !this.#isPaused)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    if (this.#fault) throw this.#fault;
  }

  taken(): number {
    const rows = this.#rows;
    this.#rows = 0;
    return rows;
  }

  goOn(): void {
    this.#isPaused = false;
    this.#connection?.stream.resume();
    // What was received before the pause.
    this.#read();
  }

  handleError(fault: Error): void {
    // What was received of a connection that broke is of no use to the driver either.
    this.#leave();
    this.#fault = fault;
    this.#wakeUp();
  }

  handleCommandComplete(): void {
    this.isOver = true;
    this.#wakeUp();
  }

  handleReadyForQuery(): void {}

  readonly #receive = (chunk: Buffer): void => {
    const needed = this.#used + chunk.length;
    if (needed > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
      this.#buffer.copy(larger, 0, 0, this.#used);
      this.#buffer = larger;
    }
    chunk.copy(this.#buffer, this.#used);
    this.#used = needed;
    this.#read();
  };

  // Messages one after the other: a letter, the length of the rest, the rest.
  #read(): void {
    const bytes = this.#buffer;
    let at = 0;
    while (!this.#isPaused && at + FRAME_BYTES <= this.#used) {
      const code = bytes[at];
      if (code === CODE.data) {
        const end = at + 1 + bytes.readUInt32BE(at + 1);
        if (end > this.#used) break;
        this.#rowOf(at + FRAME_BYTES, end);
        at = end;
        if (this.#sink.isFull()) this.#pause();
      } else if (code === CODE.begins || code === CODE.notice || code === CODE.parameter || code === CODE.notification) {
        const end = at + 1 + bytes.readUInt32BE(at + 1);
        if (end > this.#used) break;
        at = end;
      } else {
        // The end, or a fault: the driver knows what to make of both.
        this.#giveBack(at);
        return;
      }
    }
    bytes.copyWithin(0, at, this.#used);
    this.#used -= at;
  }

  // A row: how many fields (-1 after the last row), then each field's length (-1 for null) and bytes.
  #rowOf(start: number, end: number): void {
    const bytes = this.#buffer;
    const { fields } = this.#row;
    let at = start;
    if (!this.#begun) {
      this.#begun = true;
      at += HEADER_BYTES;
      if (at >= end) return;
    }
    if (bytes.readInt16BE(at) < 0) return;
    at += 2;
    for (let index = 0; index < fields.length; index += 2) {
      const length = bytes.readInt32BE(at);
      at += 4;
      fields[index] = length < 0 ? -1 : at;
      if (length > 0) at += length;
      fields[index + 1] = length < 0 ? -1 : at;
    }
    this.#row.bytes = bytes;
    this.#sink.row(this.#row);
    this.#rows += 1;
  }

  #pause(): void {
    this.#isPaused = true;
    this.#connection?.stream.pause();
    this.#wakeUp();
  }

  #giveBack(at: number): void {
    const driver = this.#leave();
    const rest = Buffer.from(this.#buffer.subarray(at, this.#used));
    this.#used = 0;
    driver?.(rest);
  }

  #leave(): ((bytes: Buffer) => void) | null {
    const driver = this.#driver;
    const stream = this.#connection?.stream;
    this.#driver = null;
    if (!driver || !stream) return null;
    for (const event of ['bytes', 'data']) stream.removeListener(event, this.#receive);
    stream.on('data', driver);
    return driver;
  }

  #wakeUp(): void {
    this.#wake?.();
    this.#wake = null;
  }
}

function isListener(value: unknown): value is (bytes: Buffer) => void {
  return typeof value === 'function';
}
