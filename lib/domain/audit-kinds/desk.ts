import * as z from 'zod/mini';
import { auditKind } from './audit-kind';

/** All events of one bulk act name its batch. */
const batchId = z.optional(z.string());
const because = (reason: string) => (reason === '' ? '' : `: ${reason}`);
const day = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** The desk: who works on which case, and what was put off, passed on, given away or taken back. */
export const DESK_KINDS = {
  'claim.taken': auditKind(z.strictObject({ expiresAt: z.number(), fromQueue: z.boolean(), batchId }), ({ fromQueue }) =>
    fromQueue ? 'drew the case from the queue' : 'claimed the case',
  ),
  'claim.released': auditKind(z.strictObject({ batchId }), () => 'released the case'),
  'claim.taken-over': auditKind(
    z.strictObject({ fromId: z.string(), fromName: z.string() }),
    ({ fromName }) => `took the case over from ${fromName}`,
  ),
  'case.skipped': auditKind(z.strictObject({ reason: z.string() }), ({ reason }) => `passed the case on${because(reason)}`),
  'case.snoozed': auditKind(
    z.strictObject({ until: z.number(), reason: z.string() }),
    ({ until, reason }) => `put the case off until ${day(until)}${because(reason)}`,
  ),
  'case.escalated': auditKind(z.strictObject({ reason: z.string(), batchId }), ({ reason }) => `escalated the case${because(reason)}`),
  'case.de-escalated': auditKind(z.strictObject({ reason: z.string() }), ({ reason }) => `took the escalation back${because(reason)}`),
  'case.reopened': auditKind(
    z.strictObject({ version: z.int(), reason: z.string() }),
    ({ version, reason }) => `reopened the case after decision ${version}${because(reason)}`,
  ),
  'case.assigned': auditKind(
    z.strictObject({ assigneeId: z.nullable(z.string()), assigneeName: z.nullable(z.string()), batchId }),
    ({ assigneeName }) => (assigneeName === null ? 'gave the case back to everybody' : `assigned the case to ${assigneeName}`),
  ),
  'decision.withdrawn': auditKind(
    z.strictObject({ decisionId: z.string(), version: z.int() }),
    ({ version }) => `took decision ${version} back`,
  ),
  'view.saved': auditKind(
    z.strictObject({
      viewId: z.string(),
      name: z.string(),
      query: z.string(),
      shared: z.boolean(),
      defaultFor: z.optional(z.string()),
      slaHours: z.optional(z.int()),
    }),
    ({ name, shared, defaultFor }) =>
      `saved the view “${name}”${shared ? ' for everybody' : ''}${defaultFor ? `, as what every ${defaultFor} begins with` : ''}`,
  ),
  'view.archived': auditKind(z.strictObject({ viewId: z.string(), name: z.string() }), ({ name }) => `archived the view “${name}”`),
  'queue.granted': auditKind(
    z.strictObject({
      reviewerId: z.string(),
      reviewerName: z.string(),
      viewIds: z.nullable(z.array(z.string())),
      names: z.array(z.string()),
    }),
    ({ reviewerName, viewIds, names }) =>
      viewIds === null
        ? `let ${reviewerName} draw from every queue`
        : `let ${reviewerName} draw from ${names.map((name) => `“${name}”`).join(', ')} only`,
  ),
  'batch.run': auditKind(
    z.strictObject({
      batchId: z.string(),
      verb: z.string(),
      query: z.optional(z.string()),
      succeeded: z.int(),
      refused: z.int(),
      truncated: z.int(),
    }),
    ({ verb, succeeded, refused }) => `ran ${verb} over ${succeeded + refused} cases, ${refused} of them refused`,
  ),
} as const;
