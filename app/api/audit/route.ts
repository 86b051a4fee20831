import { readAuditPage } from '@/lib/audit/read-page';
import { parseAuditFilter } from '@/lib/domain/audit-query';
import { route } from '@/lib/http/route';

/** One page of the audit log under a filter, newest first. */
export const GET = route({ permission: 'audit.read' }, async ({ request, actor }) => {
  const params = request.nextUrl.searchParams;
  return Response.json(await readAuditPage(actor, parseAuditFilter(params), params.get('cursor')));
});
