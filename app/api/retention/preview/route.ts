import { recordListView } from '@/lib/audit/record-list-view';
import { Refusal } from '@/lib/domain/refusal';
import { ERASURE_RULES, RETENTION_MAX } from '@/lib/domain/retention';
import { readVerificationIds } from '@/lib/http/read-id';
import { route } from '@/lib/http/route';
import { previewErasure } from '@/lib/retention/preview-erasure';

/** What an erasure of these cases would take and leave. Nothing is changed. */
export const GET = route({ permission: 'audit.read' }, async ({ request, actor }) => {
  const { searchParams } = request.nextUrl;
  const rule = ERASURE_RULES.find((known) => known === (searchParams.get('rule') ?? 'RETENTION'));
  if (!rule) throw new Refusal('bad-request', `rule must be one of ${ERASURE_RULES.join(', ')}.`, { field: 'rule' });
  const preview = await previewErasure(actor, readVerificationIds(searchParams, 'ids', RETENTION_MAX), rule);
  await recordListView(actor, 'retention', preview.cases.length);
  return Response.json({ preview });
});
