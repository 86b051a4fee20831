import * as z from 'zod/mini';
import { changeReason } from './change/verdict';
import { ROLES } from './roles';

const role = z.enum(ROLES, `Choose a role: ${ROLES.join(', ')}.`);
/** Its rules are checked where it is hashed. */
const password = z.string('Write the password as text.').check(z.maxLength(200, 'Use a password of at most 72 bytes.'));

/** A new account. Without a password its owner signs in by single sign-on. */
export const newUserInput = z.strictObject({
  email: z.string('Give an e-mail address.').check(z.maxLength(254, 'Give an e-mail address.')),
  name: z.string('Give a name.').check(z.maxLength(200, 'Keep the name under 200 characters.')),
  role,
  password: z._default(z.nullable(password), null),
  reason: changeReason,
});

export const roleInput = z.strictObject({ role, reason: changeReason });
export const passwordInput = z.strictObject({ password, reason: changeReason });
/** For what says nothing but why. */
export const reasonInput = z.strictObject({ reason: changeReason });

/** The change of one's own password. The current one may be older than the rules of a new one. */
export const ownPasswordInput = z.strictObject({
  current: z.string('Write the current password as text.').check(z.maxLength(1000, 'The current password is wrong.')),
  password,
});
export type OwnPasswordInput = z.infer<typeof ownPasswordInput>;
