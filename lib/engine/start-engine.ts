import path from 'node:path';
import { pino } from 'pino';
import type { Env } from '@/lib/env';
import { findFfmpeg } from '@/lib/ffmpeg/find-ffmpeg';
import { createApp } from './http/app';
import { listen } from './http/server';
import { checkModels } from './models/check';
import { makeFolders } from './store/folders';
import { openStore } from './store/open-store';
import { sweepUploads } from './store/sweep-uploads';
import { WorkerPool } from './workers/worker-pool';

export interface RunningEngine {
  /** Origin it answers at. */
  url: string;
  /** Ends running requests, then threads and database connections. */
  stop(): Promise<void>;
}

/** How long running requests may take to end when the service is told to stop. */
const GRACE_MS = 5_000;

/**
 * Starts the whole service: checks the model weights, brings the database up to date, removes what a killed process left
 * behind, loads the models, listens. Throws an Error with one sentence when any of it cannot be done.
 */
export async function startEngine(settings: Env): Promise<RunningEngine> {
  const { DATABASE_URL: databaseUrl, VERIFICATION_API_KEY: key } = settings;
  if (databaseUrl === undefined) throw new Error('The verification service needs DATABASE_URL.');
  if (key === undefined) throw new Error('The verification service needs VERIFICATION_API_KEY, the key its callers must show.');
  const dataDir = path.resolve(settings.DATA_DIR);
  await checkModels(dataDir);
  const store = await openStore(databaseUrl, settings.DATABASE_POOL);
  const ffmpeg = await findFfmpeg(settings.FFMPEG_PATH);
  const { ENGINE_WORKERS: workers, ENGINE_QUEUE: queue, ENGINE_PATIENCE_MS: patienceMs } = settings;
  const pool = new WorkerPool({ dataDir, ffmpeg, workers, queue, patienceMs });
  const release = async () => {
    await pool.close();
    await store.end();
  };
  try {
    const folders = await makeFolders(dataDir);
    await sweepUploads(store, folders);
    await pool.start();
    const log = pino({ name: 'engine', level: settings.LOG_LEVEL }, pino.destination({ fd: 2, sync: true }));
    if (ffmpeg === null) log.warn('there is no ffmpeg: selfies that are videos are refused');
    const { MATCH_THRESHOLD: match, LIVENESS_THRESHOLD: liveness, RIGIDITY_THRESHOLD: rigidity } = settings;
    const thresholds = { match, liveness, rigidity };
    const server = await listen(createApp({ key, store, folders, pool, thresholds, log }), settings.ENGINE_PORT, '127.0.0.1');
    const stop = async () => {
      await server.close(GRACE_MS);
      await release();
    };
    return { url: server.url, stop };
  } catch (error) {
    await release();
    throw error;
  }
}
