import { cancelExport } from '@/lib/export/cancel-export';
import { readExport } from '@/lib/export/read-exports';
import { route } from '@/lib/http/route';

/** How far an export is. */
export const GET = route<{ id: string }>({ permission: 'exports.create' }, async ({ actor, params }) =>
  Response.json({ export: await readExport(actor, params.id) }),
);

/** Cancels it while it is being written. */
export const DELETE = route<{ id: string }>({ permission: 'exports.create' }, async ({ actor, params }) =>
  Response.json({ export: await cancelExport(actor, params.id) }),
);
