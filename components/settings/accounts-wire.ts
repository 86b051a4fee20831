import * as z from 'zod/mini';
import { changeView } from '@/lib/domain/change/change-view';
import { ROLES } from '@/lib/domain/roles';

const account = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  signsInWith: z.object({ password: z.boolean(), singleSignOn: z.boolean() }),
  mustChangePassword: z.boolean(),
  disabledAt: z.nullable(z.number()),
  lockedUntil: z.nullable(z.number()),
  createdAt: z.number(),
  sessions: z.number(),
  lastSignIn: z.nullable(z.number()),
});
/** An account as the API tells it; times are milliseconds since 1970. */
export type AccountRow = z.infer<typeof account>;

/** The accounts after an act; with the change where that waits for a second reviewer. */
export const wireAccounts = z.object({ users: z.array(account), change: z.optional(z.nullable(changeView)) });
export type AccountsAnswer = z.infer<typeof wireAccounts>;
