import type * as z from 'zod/mini';
import { AUDIT_LOG_KINDS } from './audit-kinds/audit';
import { CHANGE_EVENT_KINDS } from './audit-kinds/changes';
import { CONNECTION_KINDS } from './audit-kinds/connection';
import { DESK_KINDS } from './audit-kinds/desk';
import { EVIDENCE_KINDS } from './audit-kinds/evidence';
import { EXPORT_KINDS } from './audit-kinds/exports';
import { FOUR_EYES_KINDS } from './audit-kinds/four-eyes';
import { READING_KINDS } from './audit-kinds/reading';
import { RETENTION_KINDS } from './audit-kinds/retention';
import { REVIEW_KINDS } from './audit-kinds/review';
import { SIGN_IN_KINDS } from './audit-kinds/sign-in';
import { SYNC_KINDS } from './audit-kinds/sync';
import { USER_KINDS } from './audit-kinds/users';
import { VIEWING_KINDS } from './audit-kinds/viewing';

/** Every kind of audit event, with its payload and its sentence. Closed: what is not listed cannot be recorded. */
export const AUDIT_KINDS = {
  ...SIGN_IN_KINDS,
  ...REVIEW_KINDS,
  ...EVIDENCE_KINDS,
  ...DESK_KINDS,
  ...FOUR_EYES_KINDS,
  ...CHANGE_EVENT_KINDS,
  ...CONNECTION_KINDS,
  ...USER_KINDS,
  ...VIEWING_KINDS,
  ...READING_KINDS,
  ...RETENTION_KINDS,
  ...AUDIT_LOG_KINDS,
  ...EXPORT_KINDS,
  ...SYNC_KINDS,
} as const;

export type AuditAction = keyof typeof AUDIT_KINDS;
export const AUDIT_ACTIONS = Object.keys(AUDIT_KINDS).filter((key): key is AuditAction => Object.hasOwn(AUDIT_KINDS, key));
export type AuditPayload<Action extends AuditAction = AuditAction> = z.infer<(typeof AUDIT_KINDS)[Action]['payload']>;

/** What a verb hands over to be recorded. `subject` reads `verification:123`, `submission:<tag>`, `user:<id>` or `session:<id>`; `records:index` or `list:users` for what was read without being about one case. */
export type NewAuditEvent = { [Action in AuditAction]: { action: Action; subject: string; data: AuditPayload<Action> } }[AuditAction];

/** An event whose payload was erased: who did what to whom, and when, still stands. */
export interface ErasedAuditEvent {
  action: AuditAction;
  subject: string;
  data: null;
}

/** One link of the chain as a screen, a CSV or a PDF shows it. `at` is milliseconds since 1970. */
export type AuditEvent = (NewAuditEvent | ErasedAuditEvent) & {
  seq: number;
  at: number;
  actorId: string;
  actorName: string;
  actorRole: string;
};

/** What the actor did, as one sentence without the actor's name and without a full stop; used by every screen and export. */
export function auditSentence(event: NewAuditEvent | ErasedAuditEvent): string {
  if (event.data === null) return `left an entry whose details were erased (${event.action})`;
  return AUDIT_KINDS[event.action].tell(event.data);
}
