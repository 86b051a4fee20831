import { readingReport } from '@/lib/audit/reading-report';
import { recordAuditRead } from '@/lib/audit/record-audit-read';
import { parseReadingFilter, readingQuery } from '@/lib/domain/reading-query';
import { route } from '@/lib/http/route';

/** Who looked at which records, and what a person looked at. */
export const GET = route({ permission: 'audit.read' }, async ({ request, actor }) => {
  const params = request.nextUrl.searchParams;
  const report = await readingReport(actor, parseReadingFilter(params), params.get('cursor'));
  await recordAuditRead(actor, 'reading', readingQuery(params), report.events.length);
  return Response.json(report);
});
