import type { Tag } from '@/lib/domain/verification';
import { member, text } from './read-value';

/** Tags as `[{ name, value }]` (how they come back) or as an object (how they are sent). A name may occur more than once. */
export function adaptTags(tags: unknown): Tag[] {
  if (typeof tags !== 'object' || tags === null) return [];
  if (!Array.isArray(tags)) return Object.entries(tags).map(([name, value]) => ({ name, value: tagText(value) }));
  return tags.flatMap((tag) => {
    const name = text(member(tag, 'name'));
    return name === '' ? [] : [{ name, value: tagText(member(tag, 'value')) }];
  });
}

function tagText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'object') return text(value);
  try {
    return JSON.stringify(value);
  } catch {
    return '(too deep to show)';
  }
}
