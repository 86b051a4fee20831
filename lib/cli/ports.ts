import { once } from 'node:events';
import { createServer } from 'node:net';

/** Throws an Error with one sentence when this process cannot listen on the port; `setting` is the variable that chooses it. */
export async function requireFreePort(setting: string, port: number, host: string): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') throw new Error(`Port ${port} is in use by another program; set ${setting} to a free one.`);
    if (code === 'EACCES') throw new Error(`This user may not listen on port ${port}; set ${setting} to one above 1023.`);
    if (code === 'EADDRNOTAVAIL') throw new Error(`This machine has no address ${host}; set BIND_ADDRESS to one it has.`);
    throw error;
  }
  server.close();
  await once(server, 'close');
}
