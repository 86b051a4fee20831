import { NextResponse } from 'next/server';
import { Refusal } from '@/lib/domain/refusal';
import { formatTag, parseTag } from '@/lib/domain/search-query';
import { isStorableText } from '@/lib/domain/storable-text';
import { route } from '@/lib/http/route';
import { recordSearch } from '@/lib/review/record-search';
import { tagTally } from '@/lib/review/tag-tally';

/** How many records carry a tag, and how many of them were declined. */
export const GET = route({ permission: 'records.read' }, async ({ request, actor }) => {
  const tag = parseTag(request.nextUrl.searchParams.get('tag') ?? '');
  if (!tag || !isStorableText(tag.name) || !isStorableText(tag.value))
    throw new Refusal('bad-request', 'tag must read name=value, both parts percent-encoded.', { field: 'tag' });
  const tally = await tagTally(actor, tag);
  const found = () => ({ rows: null, count: tally.records, capped: tally.capped });
  await recordSearch(actor, { source: 'tally', filter: new URLSearchParams({ tag: formatTag(tag) }), tags: [tag], found });
  return NextResponse.json(tally);
});
