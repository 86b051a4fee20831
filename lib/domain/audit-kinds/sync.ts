import * as z from 'zod/mini';
import { auditKind } from './audit-kind';

/** The record index, as far as people act on it. */
export const SYNC_KINDS = {
  'sync.requested': auditKind(z.strictObject({}), () => 'requested a sync of the record index'),
} as const;
