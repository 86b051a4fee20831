import pino, { type Logger } from 'pino';
import { env } from '@/lib/env';

let kept: Logger | undefined;

/** The console's log: one JSON line an event on standard output. Nothing a person typed and no key belongs into it. */
export function log(): Logger {
  kept ??= pino({ level: env().LOG_LEVEL, base: { process: 'console' } });
  return kept;
}
