import { connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP server in front of another one, which can go away and come back under the same address. */
export interface Gate {
  port: number;
  /** Ends every connection and takes no new one. */
  shut(): Promise<void>;
  open(): Promise<void>;
}

/** Starts it on a free local port, open. */
export async function startGate(to: { host: string; port: number }): Promise<Gate> {
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  const listen = async (port: number) => {
    server = createServer((client) => {
      const beyond = connect(to);
      for (const socket of [client, beyond]) {
        sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
      }
      client.pipe(beyond).pipe(client);
    });
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  };
  const port = await listen(0);
  return {
    port,
    open: async () => void (await listen(port)),
    shut: async () => {
      const closed = new Promise((resolve) => server?.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
