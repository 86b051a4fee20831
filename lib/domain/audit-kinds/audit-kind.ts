import type * as z from 'zod/mini';

/** One kind of audit event: what its payload must hold, and how it reads. */
export interface AuditKind<Schema extends z.core.$ZodType = z.core.$ZodType> {
  payload: Schema;
  /** What the actor did, without the actor's name and without a full stop. Throws a ZodError for a payload of another kind. */
  tell: (data: unknown) => string;
}

/** Makes a kind. A payload may gain optional members later, never lose one: what was written once must stay readable. */
export function auditKind<Schema extends z.ZodMiniType>(payload: Schema, sentence: (data: z.infer<Schema>) => string): AuditKind<Schema> {
  return { payload, tell: (data) => sentence(payload.parse(data)) };
}
