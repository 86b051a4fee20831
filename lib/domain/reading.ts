import type { AuditAction } from './audit-event';

/** Within this time a person who reads the same again has read it once. */
export const READING_WINDOW_MS = 15 * 60_000;

/** Reading in the course of work. There is far more of it than of anything else, so the audit log leaves it out unless it is asked for. */
export const VIEWING_ACTIONS = [
  'case.viewed',
  'evidence.viewed',
  'search.run',
  'audit.read',
  'list.viewed',
] as const satisfies readonly AuditAction[];

/** Everything the reading report counts. The index `audit_event_reading_idx` names the same. */
export const READING_ACTIONS = [...VIEWING_ACTIONS, 'evidence.revealed', 'export.downloaded'] as const satisfies readonly AuditAction[];

/** `reading` is what people saw; `acts` is everything but viewing in the course of work. */
export const EVENT_GROUPS = ['acts', 'reading'] as const;
export type EventGroup = (typeof EVENT_GROUPS)[number];
