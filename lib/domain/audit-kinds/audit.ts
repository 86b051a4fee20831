import * as z from 'zod/mini';
import { ROW_FAULTS, rowsSentence } from '../row-difference';
import { auditKind } from './audit-kind';

const difference = z.strictObject({ seq: z.nullable(z.int()), table: z.string(), id: z.string(), fault: z.enum(ROW_FAULTS) });

/** The log about itself. */
export const AUDIT_LOG_KINDS = {
  /** `events` are the numbers of those whose details are gone; what verifies the log reads them too. */
  'payload.erased': auditKind(
    z.strictObject({ events: z.array(z.int()), reason: z.string() }),
    ({ events, reason }) => `erased the details of ${events.length} ${events.length === 1 ? 'entry' : 'entries'} of the log: ${reason}`,
  ),
  /** What an entry whose text was erased said beside that text. Its subject is the entry's. */
  'payload.kept': auditKind(
    z.strictObject({ seq: z.int(), action: z.string(), said: z.record(z.string(), z.unknown()) }),
    ({ seq }) => `kept the details of entry ${seq} of the log without the text that named an erased person`,
  ),
  /** Every night: whether each row beside the log is as its event recorded it. */
  'rows.reconciled': auditKind(z.strictObject({ first: z.nullable(difference), differences: z.int() }), ({ first, differences }) =>
    first === null
      ? 'compared every row with the log and found no difference'
      : `found that ${asClause(rowsSentence({ first, differences }))}`,
  ),
  /** Declared with `npm run audit:restored`. `lost` is null where only the folder of the signed heads was lost. */
  'log.restored': auditKind(
    z.strictObject({ lost: z.nullable(z.strictObject({ from: z.int(), to: z.int() })), reason: z.string(), osUser: z.string() }),
    ({ lost, reason, osUser }) => `${restored(lost)}, as ${osUser} on the server: ${reason}`,
  ),
  /** The subject names the replaced key in full, so that a bare entry of an export shows it too. */
  'key.rotated': auditKind(
    z.strictObject({ keyId: z.string(), publicKey: z.string(), previousKeyId: z.string() }),
    ({ keyId, previousKeyId }) => `began to sign the audit log with key ${keyId} instead of ${previousKeyId}`,
  ),
} as const;

function restored(lost: { from: number; to: number } | null): string {
  if (lost === null) return 'declared the folder of the signed heads lost';
  const events = lost.from === lost.to ? `event ${lost.from}` : `events ${lost.from} to ${lost.to}`;
  return `declared ${events} lost in a restore of the database`;
}

const asClause = (sentence: string) => `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`;
