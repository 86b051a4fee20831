import { expect, it } from 'vitest';
import { bare, call, found, key, shapeOf } from './service';

const LIST = '/v1/verification?limit=1';

it('answers a call with its key, and none without or with another', async () => {
  expect((await call(LIST)).status).toBe(200);
  const without = await bare(LIST);
  const wrong = await bare(LIST, { headers: { 'x-api-key': 'not-the-key' } });
  expect(without.ok, 'without a key').toBe(false);
  expect(wrong.ok, 'with a wrong key').toBe(false);
  found('Error without a key', await shapeOf(without));
  found('Error with a wrong key', await shapeOf(wrong));
});

it('is asked whether it takes the key as a bearer token, and which of two counts', async () => {
  const bearer = await bare(LIST, { headers: { authorization: `Bearer ${key}` } });
  found('Key as Authorization: Bearer', bearer.ok ? 'taken' : await shapeOf(bearer));
  const both = await call(LIST, { headers: { authorization: 'Bearer not-the-key' } });
  found('Good x-api-key beside a wrong Bearer', both.ok ? 'taken: x-api-key counts' : `${both.status}: Bearer counts`);
});

it('is asked how it words an error', async () => {
  found('Error for a record that is not there', await shapeOf(await call('/v1/verification/999999999999')));
  found('Error for an id that is no number', await shapeOf(await call('/v1/verification/abc')));
  found('Error for an unknown address', await shapeOf(await call('/v1/nowhere')));
});
