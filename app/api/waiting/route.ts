import { collectNotices } from '@/app/notices/collect-notices';
import { changesFor } from '@/lib/changes/read-changes';
import { route } from '@/lib/http/route';
import { waitingFor } from '@/lib/review/waiting-for';

/**
 * How much waits for the caller (the numbers on the bar), the notices every screen shows, and the version of the console. Decisions and changes wait on the same
 * screen, so they count together.
 */
export const GET = route({ permission: 'records.read' }, async ({ actor }) => {
  const [{ queue, approvals }, changes, notices] = await Promise.all([waitingFor(actor), changesFor(actor), collectNotices(actor)]);
  const both =
    approvals || changes !== null ? { count: (approvals?.count ?? 0) + (changes ?? 0), capped: approvals?.capped ?? false } : null;
  return Response.json({ waiting: { queue, approvals: both }, notices, version: process.env.CONSOLE_VERSION ?? '' });
});
