import { pino } from 'pino';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { startJobs } from './start-jobs';
import { allTasks } from './tasks';

// Entry of the process that does scheduled work: `node --import tsx lib/jobs/main.ts`.
try {
  const { DATABASE_URL: databaseUrl, LOG_LEVEL: level } = env();
  if (databaseUrl === undefined) throw new Error('The jobs need DATABASE_URL; start them with npm run up, which sets it.');
  const log = pino({ name: 'jobs', level }, pino.destination({ fd: 2, sync: true }));
  const jobs = await startJobs(databaseUrl, allTasks(), log);
  console.log('Jobs running');
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      await jobs.stop();
      await db().$disconnect();
      process.exit(0);
    });
  }
  await jobs.ended;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
