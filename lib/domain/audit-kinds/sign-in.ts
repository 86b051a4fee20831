import * as z from 'zod/mini';
import { auditKind } from './audit-kind';

/** Sessions: who came in, who was turned away, who left. */
export const SIGN_IN_KINDS = {
  'session.started': auditKind(z.strictObject({ provider: z.string() }), ({ provider }) => `signed in (${provider})`),
  'session.refused': auditKind(
    z.strictObject({
      email: z.string(),
      reason: z.enum(['wrong-credentials', 'locked', 'disabled', 'unknown-user', 'address-blocked']),
      /** Tries of an address since it was blocked; the name is that of the newest. */
      times: z.optional(z.int()),
    }),
    ({ email, reason, times }) =>
      `was refused a sign-in as ${email} (${reason}${times === undefined || times === 1 ? '' : `, ${times} times`})`,
  ),
  /** `userId` is whose session ended: another person's, or the actor's own. */
  'session.replaced': auditKind(z.strictObject({ userId: z.string() }), () => 'ended the earlier session of this browser by signing in'),
  'session.ended': auditKind(z.strictObject({}), () => 'signed out'),
} as const;
