import { Hono } from 'hono';
import { ApiError } from './api-error';
import { authenticate } from './authenticate';
import type { Engine } from './engine';
import { file } from './file';
import { get } from './get';
import { health } from './health';
import { list } from './list';
import { submit } from './submit';

/** The service as a function from Request to Response. Every answer that is no success has the contract's error shape. */
export function createApp(engine: Engine): Hono {
  const app = new Hono();
  app.get('/health', () => health(engine));
  app.use('/v1/*', async (c, next) => {
    authenticate(c.req.raw, engine.key);
    await next();
  });
  app.get('/v1/verification', (c) => list(engine, new URL(c.req.url)));
  app.get('/v1/verification/:verificationId', (c) => get(engine, new URL(c.req.url), c.req.param('verificationId')));
  app.post('/v1/verification', (c) => submit(engine, new URL(c.req.url), c.req.raw));
  app.get('/v1/files/:name', (c) => file(engine, c.req.raw, c.req.param('name')));
  app.notFound(() => new ApiError(404, 'There is nothing at this address.').toResponse());
  app.onError((error) => answerError(engine, error));
  return app;
}

function answerError(engine: Engine, error: Error): Response {
  if (error instanceof ApiError) return error.toResponse();
  engine.log.error({ err: error }, 'a request failed');
  if (isDatabaseAway(error)) {
    return new ApiError(503, 'The database is out of reach; try again shortly.', { headers: { 'retry-after': '5' } }).toResponse();
  }
  return new ApiError(500, 'Internal server error').toResponse();
}

/** Connection failures (SQLSTATE classes 08 and 57P, and what Node says when nobody listens). */
function isDatabaseAway(error: Error & { code?: unknown }): boolean {
  return (
    /^(08|57P)|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(String(error.code)) ||
    /timeout exceeded when trying to connect/.test(error.message)
  );
}
