import { openExport } from '@/lib/export/open-export';
import { contentDisposition } from '@/lib/http/content-disposition';
import { route } from '@/lib/http/route';

/** The file of an export, whole or the part a cut download still lacks. */
export const GET = route<{ id: string }>({ permission: 'exports.create' }, async ({ request, actor, params }) => {
  const conditions = { range: request.headers.get('range'), ifRange: request.headers.get('if-range') };
  const { status, fileName, headers, body } = await openExport(actor, params.id, conditions);
  return new Response(streamOf(body), {
    status,
    headers: {
      ...headers,
      'cache-control': 'private, no-store, no-transform',
      'content-type': 'application/zip',
      'content-disposition': contentDisposition('attachment', fileName),
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });
});

// What the iterator throws breaks the answer off, so that a part never ends like a whole.
function streamOf(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => {
      await iterator.return?.();
    },
  });
}
