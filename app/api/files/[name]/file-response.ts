import { contentDisposition } from '@/lib/http/content-disposition';
import type { OpenFile } from '@/lib/upstream/file';
import { type Passing, passOn } from '@/lib/upstream/pass-on';

/** What a browser may show in place. Everything else is offered for saving, under a type that runs nothing. */
const SHOWN = new Set(['image/jpeg', 'image/png', 'image/webp', 'video/mp4', 'video/webm', 'video/quicktime']);
const SAVED = new Set(['application/pdf']);

/** An upstream's file as this console hands it on: never stored by a cache, never able to act as a page of this site. */
export function fileResponse(name: string, file: OpenFile, chunks: AsyncIterator<Uint8Array>, passing: Passing | null): Response {
  const type = file.contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const headers = new Headers({
    'cache-control': 'private, no-store, no-transform',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'content-type': SHOWN.has(type) || SAVED.has(type) ? type : 'application/octet-stream',
    'content-disposition': contentDisposition(SHOWN.has(type) ? 'inline' : 'attachment', name),
  });
  const passed = {
    'content-length': file.contentLength,
    'content-range': file.contentRange,
    'accept-ranges': file.acceptRanges,
    etag: file.etag,
    'last-modified': file.lastModified,
  };
  for (const [header, value] of Object.entries(passed)) if (value !== null) headers.set(header, String(value));
  const body = file.body && passOn(chunks, passing, () => void file.body?.destroy());
  return new Response(body, { status: file.status, headers });
}
