/** JSON that is already written out, sent on as it is. */
export function jsonBytes(bytes: Uint8Array<ArrayBuffer>, status = 200): Response {
  return new Response(bytes, { status, headers: { 'content-type': 'application/json; charset=utf-8' } });
}
