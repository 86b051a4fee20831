import type { Metadata } from 'next';
import { ExportsScreen } from '@/components/export/exports-screen';
import { recordListView } from '@/lib/audit/record-list-view';
import { requireActor } from '@/lib/auth/actor';
import { env } from '@/lib/env';
import { listExports } from '@/lib/export/read-exports';
import { listReviewers } from '@/lib/review/assign-case';

export const metadata: Metadata = { title: 'Exports' };

export default async function ExportsPage() {
  const actor = await requireActor('exports.create');
  const [exports, reviewers] = await Promise.all([listExports(actor), listReviewers()]);
  await recordListView(actor, 'exports', exports.length);
  return <ExportsScreen exports={exports} reviewers={reviewers} keepHours={env().EXPORT_KEEP_HOURS} />;
}
