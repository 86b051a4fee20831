import * as z from 'zod/mini';
import { DECISION_OUTCOMES, OUTCOME_LABEL } from './reason-codes';
import { ROLES } from './roles';

const nothing = z.strictObject({});
const email = z.string();

/** Every kind of audit event and what its payload holds. Closed: what is not listed cannot be recorded. */
export const AUDIT_PAYLOADS = {
  'session.started': z.strictObject({ provider: z.string() }),
  'session.refused': z.strictObject({ email, reason: z.enum(['wrong-credentials', 'locked', 'disabled', 'unknown-user']) }),
  'session.ended': nothing,
  'evidence.viewed': z.strictObject({ file: z.string() }),
  /** Before anything is sent: whatever the answer, there is a trace. Its subject is `submission:<value of its tag>`. */
  'verification.submitting': z.strictObject({ submission: z.string() }),
  'verification.submitted': z.strictObject({ submission: z.string(), idFileName: z.string(), selfieFileName: z.string() }),
  'note.added': z.strictObject({ noteId: z.string(), text: z.string() }),
  'decision.made': z.strictObject({
    decisionId: z.string(),
    version: z.int(),
    outcome: z.enum(DECISION_OUTCOMES),
    isOverride: z.boolean(),
    machineResult: z.enum(['VERIFIED', 'NOT_VERIFIED']),
    reasonCodes: z.array(z.string()),
    rationale: z.string(),
    idSha256: z.nullable(z.string()),
    selfieSha256: z.nullable(z.string()),
    snapshotHash: z.string(),
  }),
  'user.added': z.strictObject({ email, role: z.enum(ROLES) }),
  'user.role-changed': z.strictObject({ email, from: z.enum(ROLES), to: z.enum(ROLES) }),
  'user.disabled': z.strictObject({ email }),
  'user.password-changed': z.strictObject({ email }),
} as const;

export type AuditAction = keyof typeof AUDIT_PAYLOADS;
export const AUDIT_ACTIONS = Object.keys(AUDIT_PAYLOADS).filter((key): key is AuditAction => Object.hasOwn(AUDIT_PAYLOADS, key));
export type AuditPayload<Action extends AuditAction = AuditAction> = z.infer<(typeof AUDIT_PAYLOADS)[Action]>;

/** What a verb hands over to be recorded. `subject` reads `verification:123`, `submission:<tag>`, `user:<id>` or `session:<id>`. */
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
  switch (event.action) {
    case 'session.started':
      return `signed in (${event.data.provider})`;
    case 'session.refused':
      return `was refused a sign-in as ${event.data.email} (${event.data.reason})`;
    case 'session.ended':
      return 'signed out';
    case 'evidence.viewed':
      return `opened ${event.data.file}`;
    case 'verification.submitting':
      return `began the submission ${event.data.submission}`;
    case 'verification.submitted':
      return `submitted ${event.data.idFileName} and ${event.data.selfieFileName}`;
    case 'note.added':
      return `noted: ${event.data.text}`;
    case 'decision.made': {
      const kind = event.data.isOverride ? ', overriding the machine' : '';
      const reasons = event.data.reasonCodes.length > 0 ? ` for ${event.data.reasonCodes.join(', ')}` : '';
      return `decided: ${OUTCOME_LABEL[event.data.outcome]}${kind}${reasons}`;
    }
    case 'user.added':
      return `added ${event.data.email} as ${event.data.role}`;
    case 'user.role-changed':
      return `changed the role of ${event.data.email} from ${event.data.from} to ${event.data.to}`;
    case 'user.disabled':
      return `disabled ${event.data.email}`;
    case 'user.password-changed':
      return `changed the password of ${event.data.email}`;
  }
}
