import { readAuditPage } from '@/lib/audit/read-page';
import { recordAuditRead } from '@/lib/audit/record-audit-read';
import { auditFilterQuery, parseAuditFilter } from '@/lib/domain/audit-query';
import { route } from '@/lib/http/route';

/** One page of the audit log under a filter, newest first. */
export const GET = route({ permission: 'audit.read' }, async ({ request, actor }) => {
  const params = request.nextUrl.searchParams;
  const page = await readAuditPage(actor, parseAuditFilter(params), params.get('cursor'));
  await recordAuditRead(actor, 'log', auditFilterQuery(params), page.events.length);
  return Response.json(page);
});
