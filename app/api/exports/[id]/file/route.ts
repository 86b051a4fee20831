import { Readable } from 'node:stream';
import { openExport } from '@/lib/export/open-export';
import { route } from '@/lib/http/route';

/** The file of an export, whole or the part a cut download still lacks. */
export const GET = route<{ id: string }>({ permission: 'exports.create' }, async ({ request, actor, params }) => {
  const conditions = { range: request.headers.get('range'), ifRange: request.headers.get('if-range') };
  const { status, fileName, headers, body } = await openExport(actor, params.id, conditions);
  return new Response(Readable.toWeb(Readable.from(body, { objectMode: false })), {
    status,
    headers: {
      ...headers,
      'cache-control': 'private, no-store, no-transform',
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${fileName}"`,
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });
});
