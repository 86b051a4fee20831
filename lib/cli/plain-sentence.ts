/**
 * What a person is told about a failure: one sentence for what they can mend (a port, a disk, a permission, a database that does
 * not answer), the message of an Error of ours, and everything there is for a mistake in the program.
 */
export function plainSentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path, address, port } = details(error);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `This user may not write ${path ?? 'a file it needs'}; give it the permission, or set DATA_DIR to a folder it owns.`;
    case 'ENOSPC':
      return 'The disk is full; free some space (1.5 GB for a first start) and start again, nothing that was saved is lost.';
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
      return `Nothing answers at ${[address, port].filter(Boolean).join(':') || 'the address it was given'} (${code}); check DATABASE_URL and that its server runs.`;
  }
  const isMistake = /^(Type|Reference|Range|Syntax)Error$/.test(error.name);
  return isMistake ? (error.stack ?? error.message) : error.message;
}

type Details = { code?: string; path?: string; address?: string; port?: number };

function details(error: Error): Details {
  const inner = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  const read = (name: string): unknown => Reflect.get(inner, name);
  const [code, path, address, port] = ['code', 'path', 'address', 'port'].map(read);
  return {
    code: typeof code === 'string' ? code : undefined,
    path: typeof path === 'string' ? path : undefined,
    address: typeof address === 'string' ? address : undefined,
    port: typeof port === 'number' ? port : undefined,
  };
}
