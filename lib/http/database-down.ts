import { Refusal } from '@/lib/domain/refusal';

export const DATABASE_DOWN = 'The database of the console does not answer.';
const MEANING = 'What was stored before is kept. Try again shortly; if it stays so, tell whoever runs this console.';
const RETRY_S = 5;

/** The refusal of a request that the database could not answer. */
export function databaseDown(): Refusal {
  return new Refusal('database-unavailable', `${DATABASE_DOWN} ${MEANING}`, { retryAfter: RETRY_S });
}

/** A page that stands alone: nothing of the console's own screens can be made without its database. It asks again by itself. */
export function databaseDownPage(nonce: string): Response {
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="${2 * RETRY_S}">
<title>Second Look: the database does not answer</title>
<style nonce="${nonce}">:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;display:grid;place-items:center;min-height:90vh;margin:0 1rem}main{max-width:32rem}h1{font-size:1.25rem}</style>
</head><body><main><h1>${DATABASE_DOWN}</h1><p>${MEANING} This page tries again every ${2 * RETRY_S} seconds.</p><p><a href="">Try again</a></p></main></body></html>`;
  return new Response(html, {
    status: 503,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-store', 'retry-after': String(RETRY_S) },
  });
}
