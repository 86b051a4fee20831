/** How the database client (P1001...), the driver of its connections and the network say that no database answers. */
const AWAY_CODES = /^(P1001|P1002|P1008|P1017|P2024|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|57P0[1-5]|53300|08\w{3})$/;
const AWAY_KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections']);
const AWAY_WORDS =
  /(^|: )(Unable to start a transaction in the given time|Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

const DEPTH_MAX = 5;

/** Returns whether something thrown says that the database cannot be reached, whatever part of the client threw it. Pure. */
export function isDatabaseAway(failure: unknown, depth = 0): boolean {
  if (typeof failure !== 'object' || failure === null || depth > DEPTH_MAX) return false;
  const at = (name: string): unknown => Reflect.get(failure, name);
  if (AWAY_CODES.test(textOf(at('code'))) || AWAY_CODES.test(textOf(at('originalCode')))) return true;
  if (AWAY_KINDS.has(textOf(at('kind'))) || AWAY_WORDS.test(textOf(at('message')))) return true;
  return [at('cause'), at('meta'), at('driverAdapterError')].some((inner) => isDatabaseAway(inner, depth + 1));
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
