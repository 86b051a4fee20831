import { route } from '@/lib/http/route';
import { viewerFile } from '@/lib/http/viewer-file';

/** A decoder, a table or a font for drawing PDF files, from this console and no other host. The version keeps what a browser kept apart. */
export const GET = route<{ version: string; folder: string; name: string }>({ signedIn: true }, async ({ request, params }) => {
  const { bytes, contentType, etag } = await viewerFile(params.folder, params.name);
  const headers = { 'content-type': contentType, etag, 'cache-control': 'private, max-age=604800' };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(bytes), { headers });
});
