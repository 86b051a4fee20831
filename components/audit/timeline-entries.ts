import { type AuditEvent, auditSentence } from '@/lib/domain/audit-event';

/** One line of a timeline: who did what, when. `at` is milliseconds since 1970. */
export interface TimelineEntry {
  key: number;
  at: number;
  actorId: string;
  actorName: string;
  sentence: string;
}

/** Events as lines, newest first. Files that one person opened one after another make one line, at the time of the last. */
export function timelineEntries(events: AuditEvent[]): TimelineEntry[] {
  const entries: (TimelineEntry & { files: string[] | null })[] = [];
  for (const event of events.toSorted((a, b) => b.seq - a.seq)) {
    const files = event.action === 'evidence.viewed' && event.data ? [event.data.file] : null;
    const last = entries.at(-1);
    if (files && last?.files && last.actorId === event.actorId) {
      last.files = [...new Set([...last.files, ...files])];
      last.sentence = `opened ${last.files.toReversed().join(' and ')}`;
      continue;
    }
    const { seq: key, at, actorId, actorName } = event;
    entries.push({ key, at, actorId, actorName, sentence: auditSentence(event), files });
  }
  return entries.map(({ files: _, ...entry }) => entry);
}
