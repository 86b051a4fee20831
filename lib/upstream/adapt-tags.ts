import type { Tag } from '@/lib/domain/verification';
import { member, text } from './read-value';

/**
 * Tags as `[{ name, value }]` (how they come back) or as an object (how they are sent). A name may occur more than once, and may be
 * empty; an entry that says neither a name nor a value is none.
 */
export function adaptTags(tags: unknown): Tag[] {
  if (typeof tags !== 'object' || tags === null) return [];
  if (!Array.isArray(tags)) return Object.entries(tags).map(([name, value]) => ({ name: text(name), value: tagText(value) }));
  return tags.flatMap((tag) => {
    const name = text(member(tag, 'name'));
    const value = tagText(member(tag, 'value'));
    return name === '' && value === '' ? [] : [{ name, value }];
  });
}

function tagText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'object') return text(value);
  try {
    return text(JSON.stringify(value));
  } catch {
    return '(too deep to show)';
  }
}
