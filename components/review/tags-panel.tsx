import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Tag } from '@/lib/domain/verification';
import { LongForeignText } from '../ui/foreign-text';
import { tagHref } from './case-url';
import { Section } from './section';

/** The tags of the record; each leads to everything that bears it. */
export function TagsPanel({ tags }: { tags: Tag[] }) {
  return (
    <Section title="Tags">
      {tags.length === 0 && <p className="text-muted">None.</p>}
      <dl className="divide-y divide-line">
        {tags.map((tag, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the upstream may send a tag twice, and both are shown
          <div key={index} className="flex justify-between gap-3 py-1">
            <dt className="max-w-1/2 shrink-0 break-all text-muted">{tag.name ? <LongForeignText text={tag.name} /> : '(no name)'}</dt>
            <dd className="break-all text-right">
              <TagValue tag={tag} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

/** The value as a link, with the rest of a long one beside it: a button may not stand within a link. */
function TagValue({ tag }: { tag: Tag }) {
  const link = (text: ReactNode) => (
    <Link href={tagHref(tag)} prefetch={false} className="hover:text-accent hover:underline">
      {text}
    </Link>
  );
  return tag.value === '' ? link('(empty)') : <LongForeignText text={tag.value} wrap={link} />;
}
