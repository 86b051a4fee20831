import { rmSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import type { WireVerification } from '@/lib/wire/record';
import { card, form, selfie } from '../engine/pictures';
import { startBenchEngine } from './engine-process';
import { loadRecords } from './load-records';

/** Empties the engine's store of `dataDir` and fills it: a few records the service makes itself, and the rest after their image. */
export async function fillStore(dataDir: string, databaseUrl: string, records: number, log: (line: string) => void): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('DROP SCHEMA IF EXISTS engine CASCADE');
  await client.end();
  rmSync(path.join(dataDir, 'engine'), { recursive: true, force: true });
  const engine = await startBenchEngine(dataDir, databaseUrl, log);
  const templates: WireVerification[] = [];
  try {
    for (const [id, applicant] of [
      [7, 7],
      [8, 8],
      [7, 8],
    ] as const) {
      const body = form({ id: await card(id), selfie: await selfie(applicant), tags: '{"customerId":"1"}' });
      const answer = await fetch(`${engine.url}/v1/verification`, { method: 'POST', headers: { 'x-api-key': engine.key }, body });
      const { result }: { result: WireVerification } = await answer.json();
      templates.push(result);
    }
  } finally {
    await engine.stop();
  }
  await loadRecords(databaseUrl, records, templates, log);
}
