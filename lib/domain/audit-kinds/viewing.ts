import * as z from 'zod/mini';
import { auditKind } from './audit-kind';

/** What people chose to see. */
export const VIEWING_KINDS = {
  'evidence.revealed': auditKind(z.strictObject({}), () => 'revealed the pictures'),
  'preference.changed': auditKind(
    z.strictObject({ alwaysBlur: z.boolean(), blurPx: z.nullable(z.int()), greyscale: z.nullable(z.boolean()) }),
    ({ alwaysBlur }) => `chose how pictures are shown: ${alwaysBlur ? 'blurred at first' : 'as the house says'}`,
  ),
  'keys.changed': auditKind(z.strictObject({ changed: z.int() }), ({ changed }) =>
    changed === 0 ? 'took the usual keys back' : `chose ${changed === 1 ? 'one key' : `${changed} keys`} of their own`,
  ),
} as const;
