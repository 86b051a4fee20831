import { recordListView } from '@/lib/audit/record-list-view';
import { log } from '@/lib/auth/log';
import { exportInput } from '@/lib/domain/export';
import { createExport } from '@/lib/export/create-export';
import { listExports } from '@/lib/export/read-exports';
import { readJson } from '@/lib/http/read-json';
import { route } from '@/lib/http/route';

/** The newest exports of everybody. */
export const GET = route({ permission: 'exports.create' }, async ({ actor }) => {
  const exports = await listExports(actor);
  await recordListView(actor, 'exports', exports.length);
  return Response.json({ exports });
});

/** Begins an export; it is written while this has long been answered. */
export const POST = route({ permission: 'exports.create' }, async ({ request, actor, requestId }) => {
  const onFault = (err: unknown) => log().error({ err, requestId }, 'an export failed');
  const { export: begun } = await createExport(actor, await readJson(request, exportInput), onFault);
  return Response.json({ export: begun }, { status: 202 });
});
