import { chainVerdict } from '@/lib/audit/chain-verdict';
import { route } from '@/lib/http/route';

/** Whether the chain is whole, with the newest signed head. `again=true` walks all of it, whatever was walked before. */
export const GET = route({ permission: 'audit.read' }, async ({ request, actor }) =>
  Response.json(await chainVerdict(actor, { again: request.nextUrl.searchParams.get('again') === 'true' })),
);
