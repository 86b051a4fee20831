import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import { env } from '@/lib/env';
import { PrismaClient } from './generated/client';

// A reload of the development server loads this module again; the connections must survive that.
const kept: { secondLookDatabase?: PrismaClient; secondLookPool?: Pool } & typeof globalThis = globalThis;

/**
 * The one client of this process for the console's tables, with at most DATABASE_POOL connections.
 * Throws an Error with one sentence when DATABASE_URL is not set.
 */
export function db(): PrismaClient {
  kept.secondLookDatabase ??= connect();
  return kept.secondLookDatabase;
}

/** The connections of that client, for what reads past it; it hands out a new pool after it was disconnected. */
export async function pool(): Promise<Pool> {
  await db().$connect();
  if (!kept.secondLookPool) throw new Error('The database client connected without a pool.');
  return kept.secondLookPool;
}

class SharingAdapter extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    kept.secondLookPool = adapter.underlyingDriver();
    return adapter;
  }
}

function connect(): PrismaClient {
  const { DATABASE_URL: connectionString, DATABASE_POOL: max } = env();
  if (connectionString === undefined) throw new Error('DATABASE_URL is not set; start the console with npm run up, which sets it.');
  // A burst of writes queues for connections; the defaults would turn a wait of two seconds into a fault.
  return new PrismaClient({
    adapter: new SharingAdapter({ connectionString, max }),
    transactionOptions: { maxWait: 10_000, timeout: 15_000 },
  });
}
