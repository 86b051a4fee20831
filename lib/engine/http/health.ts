import { MODEL_PACKAGE } from '../models/manifest';
import type { Engine } from './engine';

/** `GET /health`, open to all: 200 when the service can work, 503 when its database is out of reach. */
export async function health(engine: Engine): Promise<Response> {
  const database = await engine.store.query('SELECT 1').then(
    () => 'ok',
    () => 'unreachable',
  );
  const models = engine.pool.ready ? 'ok' : 'not loaded';
  const status = database === 'ok' && models === 'ok' ? 'ok' : 'unavailable';
  const video = engine.pool.seesVideo ? 'ok' : 'ffmpeg is missing';
  const body = { status, models, database, video, weights: `${MODEL_PACKAGE.name}@${MODEL_PACKAGE.version}` };
  return Response.json(body, { status: status === 'ok' ? 200 : 503, headers: { 'cache-control': 'no-store' } });
}
