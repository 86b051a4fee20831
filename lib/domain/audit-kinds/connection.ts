import * as z from 'zod/mini';
import { SPACE_SETTING_LABEL, SPACE_SETTINGS } from '../coordinate-space';
import { auditKind } from './audit-kind';

const setting = z.enum(SPACE_SETTINGS);
const words = (of: z.infer<typeof setting>) => `“${SPACE_SETTING_LABEL[of]}”`;

/** What people said of the verification API the console is connected to. */
export const CONNECTION_KINDS = {
  'connection.coordinates-set': auditKind(
    z.strictObject({ address: z.string(), from: setting, to: setting }),
    ({ address, from, to }) => `set what the coordinates of ${address} count from ${words(from)} to ${words(to)}`,
  ),
} as const;
