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
  /** Every night: whether each row beside the log is as its event recorded it. */
  'rows.reconciled': auditKind(z.strictObject({ first: z.nullable(difference), differences: z.int() }), ({ first, differences }) =>
    first === null
      ? 'compared every row with the log and found no difference'
      : `found that ${asClause(rowsSentence({ first, differences }))}`,
  ),
} as const;

const asClause = (sentence: string) => `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`;
