import { db } from '@/lib/db/client';
import { closeUpstream } from '@/lib/upstream/connection';
import { type TestDatabase, testDatabase } from './postgres';
import { type RecordUpstream, startRecordUpstream } from './record-upstream';

/** A database and an upstream of records, for one test file. */
export interface RecordDesk {
  database: TestDatabase;
  upstream: RecordUpstream;
  close(): Promise<void>;
}

/** Starts both and points the settings at them. Call it before anything reads the settings. */
export async function startRecordDesk(
  recordOf: Parameters<typeof startRecordUpstream>[0],
  settings: Record<string, string> = {},
): Promise<RecordDesk> {
  const [database, upstream] = [await testDatabase(), await startRecordUpstream(recordOf)];
  Object.assign(process.env, { VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'key', LOG_LEVEL: 'silent', ...settings });
  const close = async () => {
    await closeUpstream();
    await upstream.close();
    await db().$disconnect();
    await database.drop();
  };
  return { database, upstream, close };
}
