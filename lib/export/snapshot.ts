import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net';
import { Client } from 'pg';
import { env } from '@/lib/env';

/**
 * Runs `work` on a connection of its own whose transaction sees the database as it is at one moment and cannot change it. The
 * connection ends with it, also where the copy on it was left half read, and when `signal` says so, however long the server thinks.
 */
export async function withSnapshot<Result>(work: (client: Client) => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  signal?.throwIfAborted();
  const { DATABASE_URL: connectionString } = env();
  if (connectionString === undefined) throw new Error('DATABASE_URL is not set; start the console with npm run up, which sets it.');
  const client = connectionOf(connectionString);
  // A connection that breaks also fails whatever waits for it; unheard, its event would end the process.
  client.on('error', () => undefined);
  const end = () => client.connection.stream.destroy();
  signal?.addEventListener('abort', end, { once: true });
  try {
    await client.connect();
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // The first row has to come at once and the whole in little memory: no sorting, no hashing of all rows, no compiling.
    await client.query(
      "SET LOCAL jit = off; SET LOCAL enable_sort = off; SET LOCAL enable_hashjoin = off; SET LOCAL work_mem = '8MB'; SET LOCAL max_parallel_workers_per_gather = 0",
    );
    return await work(client);
  } finally {
    signal?.removeEventListener('abort', end);
    end();
  }
}

const RECEIVED_BYTES = 64 * 1024;

function connectionOf(connectionString: string): Client {
  const application_name = 'second-look export';
  const client = new Client({ connectionString, application_name });
  // Over TLS bytes come from elsewhere than the socket.
  return client.ssl ? client : new Client({ connectionString, application_name, stream: thriftySocket });
}

/**
 * A socket that receives everything into one buffer, so that a gigabyte leaves nothing behind to be collected. `bytes` is emitted with a
 * view of it, good until the call returns; where nobody listens for that, `data` as ever.
 */
function thriftySocket(): Socket {
  const received = Buffer.allocUnsafe(RECEIVED_BYTES);
  const callback = (length: number) => {
    const view = received.subarray(0, length);
    if (!socket.emit('bytes', view)) socket.emit('data', Buffer.from(view));
    return true;
  };
  const options: SocketConstructorOpts & ConnectOpts = { onread: { buffer: received, callback } };
  const socket = new Socket(options);
  return socket;
}
