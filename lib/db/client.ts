import { PrismaPg } from '@prisma/adapter-pg';
import { env } from '@/lib/env';
import { PrismaClient } from './generated/client';

// A reload of the development server loads this module again; the connections must survive that.
const kept: { secondLookDatabase?: PrismaClient } & typeof globalThis = globalThis;

/**
 * The one client of this process for the console's tables, with at most DATABASE_POOL connections.
 * Throws an Error with one sentence when DATABASE_URL is not set.
 */
export function db(): PrismaClient {
  kept.secondLookDatabase ??= connect();
  return kept.secondLookDatabase;
}

function connect(): PrismaClient {
  const { DATABASE_URL: connectionString, DATABASE_POOL: max } = env();
  if (connectionString === undefined) throw new Error('DATABASE_URL is not set; start the console with npm run up, which sets it.');
  // A burst of writes queues for connections; the defaults would turn a wait of two seconds into a fault.
  return new PrismaClient({ adapter: new PrismaPg({ connectionString, max }), transactionOptions: { maxWait: 10_000, timeout: 15_000 } });
}
