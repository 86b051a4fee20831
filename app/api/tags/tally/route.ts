import { NextResponse } from 'next/server';
import { Refusal } from '@/lib/domain/refusal';
import { parseTag } from '@/lib/domain/search-query';
import { isStorableText } from '@/lib/domain/storable-text';
import { route } from '@/lib/http/route';
import { tagTally } from '@/lib/review/tag-tally';

/** How many records carry a tag, and how many of them were declined. */
export const GET = route({ permission: 'records.read' }, async ({ request, actor }) => {
  const tag = parseTag(request.nextUrl.searchParams.get('tag') ?? '');
  if (!tag || !isStorableText(tag.name) || !isStorableText(tag.value))
    throw new Refusal('bad-request', 'tag must read name=value, both parts percent-encoded.', { field: 'tag' });
  return NextResponse.json(await tagTally(actor, tag));
});
