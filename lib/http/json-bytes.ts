/** JSON that is already written out, sent on as it is. */
export function jsonBytes(bytes: Uint8Array<ArrayBuffer>): Response {
  return new Response(bytes, { headers: { 'content-type': 'application/json; charset=utf-8' } });
}
