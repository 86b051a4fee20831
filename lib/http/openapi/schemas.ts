import * as z from 'zod/mini';
import { AUDIT_ACTIONS } from '@/lib/domain/audit-event';
import { decisionInput } from '@/lib/domain/decision';
import { decisionView } from '@/lib/domain/decision-view';
import { EVIDENCE_STATES } from '@/lib/domain/evidence-state';
import { featureChecklist } from '@/lib/domain/feature-checklist';
import { LOG_STOPS } from '@/lib/domain/log-stop';
import { noteInput } from '@/lib/domain/note';
import { DECISION_OUTCOMES, REASON_CODE_NAMES } from '@/lib/domain/reason-codes';
import { REFUSAL_STATUS } from '@/lib/domain/refusal';
import { REVIEW_STATES } from '@/lib/domain/review';
import { PERMISSIONS, ROLES } from '@/lib/domain/roles';

export type Schema = Record<string, unknown>;

export const text: Schema = { type: 'string' };
export const wholeNumber: Schema = { type: 'integer', minimum: 0 };
export const milliseconds: Schema = { type: 'integer', description: 'Milliseconds since 1970, UTC.' };
const unchecked: Schema = {
  type: 'array',
  items: { type: 'string', enum: ['id', 'face'] },
  description: 'Files that could not be compared with what the reviewer was shown, as they confirmed.',
};
const sha256: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$' };

export const nullable = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const listOf = (items: Schema): Schema => ({ type: 'array', items });
export const oneOf = (values: readonly string[]): Schema => ({ type: 'string', enum: [...values] });
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** An object whose members are all there, but for those named optional. */
export function object(properties: Record<string, Schema>, optional: string[] = []): Schema {
  return { type: 'object', properties, required: Object.keys(properties).filter((name) => !optional.includes(name)) };
}

/** What a zod schema of the domain accepts. */
export function accepted(schema: z.core.$ZodType): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}

/** Every named schema of the document. */
export const SCHEMAS: Record<string, Schema> = {
  Error: object({
    error: object(
      {
        code: oneOf([...Object.keys(REFUSAL_STATUS), 'internal']),
        message: { type: 'string', description: 'One sentence that says what to do.' },
        requestId: { type: 'string', description: 'Names this request in the log; also in X-Request-Id.' },
        field: { type: 'string', description: 'The parameter or member that was wrong.' },
        details: { type: 'object', description: 'Facts a screen can act on, for example what changed meanwhile.' },
      },
      ['field', 'details'],
    ),
  }),
  Health: object({
    ready: { type: 'boolean' },
    database: oneOf(['ok', 'down']),
    upstream: { type: 'string', description: 'ok, or the code of the refusal.' },
    engine: oneOf(['ok', 'down', 'not-used']),
    audit: {
      ...object({
        signing: oneOf(['on', 'late', 'stopped', 'unknown']),
        reason: nullable(oneOf([...LOG_STOPS, 'late'])),
        appends: oneOf(['open', 'closed', 'unknown']),
        compared: {
          ...nullable(object({ at: milliseconds, differences: wholeNumber })),
          description: 'The last comparison of every row and record with the log, and how many differ. Null while there was none.',
        },
      }),
      description:
        'The audit log. Alert on anything but `on` and `open`, and on differences; it does not change the status of this answer.',
    },
  }),
  Me: object({
    id: text,
    name: text,
    email: text,
    role: oneOf(ROLES),
    permissions: listOf(oneOf(PERMISSIONS)),
    timeZone: { type: 'string', description: 'IANA name of the time zone whose days the filters mean.' },
  }),
  SyncStatus: object({
    at: { ...milliseconds, description: 'The clock of the server when it was asked.' },
    syncedAt: { ...nullable(milliseconds), description: 'When the newest records were last taken over.' },
    backfill: object({ isDone: { type: 'boolean' }, done: wholeNumber, total: nullable(wholeNumber) }),
    sweep: object({
      startedAt: nullable(milliseconds),
      finishedAt: nullable(milliseconds),
      done: wholeNumber,
      total: nullable(wholeNumber),
    }),
    unreadable: { ...wholeNumber, description: 'Entries of the list of the verification API that cannot be read.' },
    failure: nullable({ type: 'string', description: 'One sentence on what went wrong last; null while all is well.' }),
    retryAt: nullable(milliseconds),
    request: nullable(
      object({
        requestedAt: milliseconds,
        requestedBy: text,
        startedAt: nullable(milliseconds),
        finishedAt: nullable(milliseconds),
        failure: nullable(text),
      }),
    ),
  }),
  UpstreamList: {
    type: 'object',
    description: 'The bytes of the verification API as they came; see its own documentation.',
    properties: { totalCount: wholeNumber, count: wholeNumber, data: listOf({ type: 'object' }) },
  },
  UpstreamRecord: {
    type: 'object',
    description: 'The bytes of the verification API as they came; see its own documentation.',
    properties: { result: { type: 'object' } },
  },
  Neighbour: object({ id: wholeNumber, offset: { ...wholeNumber, description: 'Offset of the page it is found on.' } }),
  Neighbours: object({
    previous: nullable(ref('Neighbour')),
    next: nullable(ref('Neighbour')),
    position: nullable({ type: 'integer', minimum: 1, description: 'Place in the whole list; null when no longer on the page asked for.' }),
    total: nullable(wholeNumber),
  }),
  NoteInput: accepted(noteInput),
  Note: object({ id: text, verificationId: wholeNumber, authorId: text, authorName: text, text, createdAt: milliseconds }),
  DecisionInput: accepted(decisionInput),
  Decision: object({
    id: text,
    verificationId: wholeNumber,
    version: { type: 'integer', minimum: 1 },
    outcome: oneOf(DECISION_OUTCOMES),
    machineResult: oneOf(['VERIFIED', 'NOT_VERIFIED']),
    isOverride: { type: 'boolean', description: 'Whether it contradicts the machine.' },
    reasonCodes: listOf(oneOf(REASON_CODE_NAMES)),
    features: { ...nullable(accepted(featureChecklist)), description: 'What was compared feature by feature; null when nothing was.' },
    rationale: text,
    proposerId: text,
    proposerName: text,
    decidedAt: milliseconds,
    idSha256: nullable(sha256),
    selfieSha256: nullable(sha256),
    unchecked,
    snapshotHash: sha256,
    policyVersion: wholeNumber,
    secondPerson: { ...nullable(text), description: 'Why a second person has to agree; null when it stands alone.' },
    approval: nullable(ref('Approval')),
    withdrawnAt: { ...nullable(milliseconds), description: 'When the one who made it took it back; it then no longer counts.' },
    claimedAt: nullable(milliseconds),
    view: { ...nullable(accepted(decisionView)), description: 'How the pictures lay before the reviewer; null when it was not recorded.' },
  }),
  Approval: object({
    decisionId: text,
    agrees: { type: 'boolean' },
    comment: text,
    approverId: text,
    approverName: text,
    approvedAt: milliseconds,
    unchecked,
  }),
  ReviewSummary: object({
    verificationId: wholeNumber,
    state: oneOf(REVIEW_STATES),
    version: { ...wholeNumber, description: 'Number of decisions so far; send it with the next one.' },
    notes: wholeNumber,
    decision: nullable(object({ outcome: oneOf(DECISION_OUTCOMES), isOverride: { type: 'boolean' }, by: text, at: milliseconds })),
    claim: nullable(object({ holderId: text, holderName: text, expiresAt: milliseconds })),
    snoozedUntil: nullable(milliseconds),
    assignee: nullable(object({ id: text, name: text })),
    escalated: nullable(object({ by: text, reason: text, at: milliseconds })),
    withdrawable: {
      ...nullable(object({ decisionId: text, byId: text, until: milliseconds })),
      description: 'Who may take the newest decision back, and until when.',
    },
  }),
  EvidenceState: object({
    name: text,
    state: {
      ...oneOf(EVIDENCE_STATES),
      description: '`same`: as first seen when it was last checked. Nothing is said about the time after that.',
    },
    sha256: { ...nullable(sha256), description: 'Of the bytes read last; null when the file was never read to its end.' },
    size: nullable(wholeNumber),
    first: { ...nullable(object({ sha256, at: milliseconds, by: nullable(text) })), description: 'The first bytes ever read.' },
    readAt: { ...nullable(milliseconds), description: 'When the last reading that came to the end of the file began.' },
    checkedAt: { ...nullable(milliseconds), description: 'When the last check that found anything began.' },
    problem: { ...nullable(text), description: 'Why the file is lost, e.g. `http-404`, `timeout`, `kind-html`, `length-512-48211`.' },
    others: {
      ...listOf(
        object({
          sha256,
          from: milliseconds,
          until: nullable(milliseconds),
          acknowledged: nullable(object({ by: text, at: milliseconds, reason: text })),
        }),
      ),
      description: 'Times during which it held other bytes than first seen.',
    },
  }),
  AuditEvent: object({
    seq: { type: 'integer', minimum: 1 },
    at: milliseconds,
    actorId: text,
    actorName: text,
    actorRole: text,
    action: oneOf(AUDIT_ACTIONS),
    subject: text,
    data: { ...nullable({ type: 'object' }), description: 'What the action says; null when it was erased.' },
  }),
  CaseAct: object({ version: wholeNumber, reason: text, byId: text, byName: text, at: milliseconds }),
  Review: object({
    summary: ref('ReviewSummary'),
    decisions: listOf(ref('Decision')),
    notes: listOf(ref('Note')),
    claim: nullable(object({ holderId: text, holderName: text, claimedAt: milliseconds, expiresAt: milliseconds })),
    snooze: nullable({ allOf: [ref('CaseAct'), object({ until: milliseconds })] }),
    escalation: nullable(ref('CaseAct')),
    reopening: nullable(ref('CaseAct')),
    assignee: nullable(object({ id: text, name: text })),
    erasedAt: nullable(milliseconds),
  }),
};
