import type { ProposedChange } from '@/lib/domain/change/proposed-change';
import { ERASED_TEXT } from '@/lib/domain/retention';
import { namedElsewhere } from '@/lib/retention/named-elsewhere';

/** Texts shown in full; the others are only counted. */
const TEXTS_SHOWN = 20;

/** Returns what an erasure would also erase outside of its cases, line by line, so that the second reviewer agrees to it knowingly. */
export async function erasedElsewhere(change: ProposedChange): Promise<{ label: string; from: string; to: string }[]> {
  if (change.kind !== 'ERASURE') return [];
  const { exports, views, events, reasons } = await namedElsewhere(change.ids);
  const shared = views.filter((view) => view.shared && !view.archived).map(({ name }) => `“${name}”`);
  const viewsText = `${views.length}${shared.length === 0 ? '' : `, shared with everyone: ${shared.join(', ')}`}`;
  return [
    { label: 'Saved views that name these people', from: viewsText, to: 'archived, name and filter erased' },
    { label: 'Filters of exports that name these people', from: String(exports.length), to: 'erased' },
    {
      label: 'Reasons of policies and changes that name these people',
      from: String(reasons.policies.length + reasons.changes.length + reasons.verdicts.length),
      to: 'erased',
    },
    ...reasons.texts.slice(0, TEXTS_SHOWN).map((text) => ({ label: 'Text found', from: text, to: ERASED_TEXT })),
    { label: 'Log entries elsewhere that name these people', from: String(events.length), to: 'details erased' },
  ].filter(({ from }) => from !== '0');
}
