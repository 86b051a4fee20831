import * as z from 'zod/mini';
import { auditKind } from './audit-kind';

/** The log about itself. */
export const AUDIT_LOG_KINDS = {
  /** `events` are the numbers of those whose details are gone; what verifies the log reads them too. */
  'payload.erased': auditKind(
    z.strictObject({ events: z.array(z.int()), reason: z.string() }),
    ({ events, reason }) => `erased the details of ${events.length} ${events.length === 1 ? 'entry' : 'entries'} of the log: ${reason}`,
  ),
} as const;
